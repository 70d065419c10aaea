"""A research book whose claims lead to their passages: read, check, tabulate, chart, publish.

Data flows one way, corpus → tables → analysis → exhibits → book → paper;
imports point the other way only.
"""

__version__ = "0.1.0"
