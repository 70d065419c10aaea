"""The CSTO discord book: read, check, tabulate, chart, publish.

Data flows one way, and so do imports: problems → strict_yaml → schema →
corpus → checks and tables → findings and charts → publish.
"""

__version__ = "0.1.0"
