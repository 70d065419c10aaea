"""The outside record: facts from beyond the five documents, and nothing that feeds their chapters."""
