"""The door for human coders: codings out to their tools, and theirs in as a further reading.

`rows` are the common form: a line a passage, an answer, an act or an expectation. `sheet` writes
and reads them as a spreadsheet, `refi` as a project of the REFI-QDA exchange format, and `take_in`
makes a reading of them. How far it agrees with others is no matter of this wing.
"""
