"""YAML and documents → records that hold.

In come `data/` and `seeds/`; out comes a checked corpus, or every problem with its file and line.
It knows records, terms, groups and spans; it knows no table, chart, page or country.
"""
