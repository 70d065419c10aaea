"""The measures by what they count, registered in the order of the chapters.

In come the tables, a document to leave out and coding choices; out come numbers with the passages
behind them, and the frames that a chapter shows beside them. They know no notebook.
"""

# The order of import is the order in which numbers are listed: by chapter.
# isort: off
from csto.analysis.measures import story
from csto.analysis.measures import passages, post, rules, offices
from csto.analysis.measures import dealings, alignment
from csto.analysis.measures import cohesion
from csto.analysis.measures import drift, contrast, forecasts
from csto.analysis.measures import witnesses, disputes, robustness, sure
from csto.analysis.measures import codings
from csto.analysis.measures import outside_post, outside_between, outside_acts, outside_verdicts
from csto.analysis.measures import quantities
# isort: on

__all__ = [
    "alignment", "codings", "cohesion", "contrast", "dealings", "disputes", "drift", "forecasts",
    "offices", "outside_acts", "outside_between", "outside_post", "outside_verdicts", "passages",
    "post", "quantities", "robustness", "rules", "story", "sure", "witnesses",
]  # fmt: skip
