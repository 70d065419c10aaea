"""Mutants that change nothing that counts, each with the reason. Keys are those of `Mutant.key`."""

_ANY = "only whether a sign is positive counts"
_RUNS = "which words a run has only narrows the search for the passage, whose text is then compared"
_MORE = "tries every division into two camps all the same, some of them more than once"

NETWORKS, PASSAGES = "src/csto/analysis/networks.py", "src/csto/corpus/rules/passages.py"

EQUIVALENT: dict[tuple[str, str], str] = {
    (NETWORKS, "divisions = range(⟦2⟧→⟦3⟧ ** max(len(nodes) - 1, 0))"): _MORE,
    (NETWORKS, "divisions = range(2 ** max(len(nodes) ⟦-⟧→⟦+⟧ 1, 0))"): _MORE,
    (NETWORKS, "divisions = range(2 ** max(len(nodes) - 1, ⟦0⟧→⟦1⟧))"): _MORE,
    (NETWORKS, 'negative = sum(one.edges[pair]["sign"] < ⟦0⟧→⟦1⟧ for pair in pairs)'): _ANY,
    (NETWORKS, "for signs in itertools.product((1, -⟦1⟧→⟦2⟧), repeat=len(edges)):"): _ANY,
    (NETWORKS, "for signs in itertools.product((⟦1⟧→⟦2⟧, -1), repeat=len(edges)):"): _ANY,
    (PASSAGES, "return list(zip(words, words[⟦1⟧→⟦2⟧:], words[2:], strict=False))"): _RUNS,
    (PASSAGES, "return list(zip(words, words[1:], words[⟦2⟧→⟦3⟧:], strict=False))"): _RUNS,
}
