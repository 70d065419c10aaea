"""What a cell shows and stores: a finding, a table, a chart; and notebooks brought up to date.

In come numbers, frames and charts; out come outputs that are the same bytes every time.
It knows nothing of pages, and of the subject only what a cell hands it.
"""

from csto.exhibits import charts as charts  # registers how cells show charts
from csto.exhibits.findings import finding, grades, read_with, show
from csto.exhibits.tables import Cell, cells, csv, table

__all__ = ["Cell", "cells", "csv", "finding", "grades", "read_with", "show", "table"]
