"""Mutants that change nothing that counts, each with the reason. Keys are those of `Mutant.key`."""

_MORE = "tries every division into two camps all the same, some of them more than once"

EQUIVALENT: dict[str, str] = {
    "src/csto/networks.py: divisions = range(⟦2⟧→⟦3⟧ ** max(len(nodes) - 1, 0))": _MORE,
    "src/csto/networks.py: divisions = range(2 ** max(len(nodes) ⟦-⟧→⟦+⟧ 1, 0))": _MORE,
    "src/csto/networks.py: divisions = range(2 ** max(len(nodes) - 1, ⟦0⟧→⟦1⟧))": _MORE,
    "src/csto/networks.py: negative = sum(one.edges[pair][\"sign\"] < ⟦0⟧→⟦1⟧ for pair in pairs)": "a sign is one or minus one",
}
