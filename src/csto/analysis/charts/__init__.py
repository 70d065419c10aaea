"""The charts: one function a chart, frame in, `alt.Chart` out.

In come frames whose columns each function names; out come charts with the columns of their data
tables. They read no table and no file; captions stand outside, in the notebook.
"""

from csto.analysis.charts.alignment import alignment
from csto.analysis.charts.answers import answers
from csto.analysis.charts.boxes import boxes
from csto.analysis.charts.fighting import fighting
from csto.analysis.charts.spans import day_bars, office, strips
from csto.analysis.charts.steps import steps
from csto.analysis.charts.summits import summits
from csto.analysis.charts.timeline import timeline

__all__ = [
    "alignment",
    "answers",
    "boxes",
    "day_bars",
    "fighting",
    "office",
    "steps",
    "strips",
    "summits",
    "timeline",
]
