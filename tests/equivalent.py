"""Mutants that change nothing that counts, each with the reason. Keys are those of `Mutant.key`."""

EQUIVALENT: dict[str, str] = {}
