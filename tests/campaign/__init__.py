"""Tools that try the whole project: time it, damage it, build it twice, read its claims again.

`make bench`, `make mutate` and `make reproduce` run them, and a person; the tests borrow from them.
"""
