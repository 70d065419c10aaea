"""Mutants that change nothing that counts, each with the reason. Keys are those of `Mutant.key`."""

_RUNS = "which words a run has only narrows the search for the passage, whose text is then compared"

_NOBODY = "nobody in the record began on the first day of the first turn"

POST = "src/csto/analysis/measures/outside_post.py"
PASSAGES = "src/csto/corpus/rules/passages.py"

EQUIVALENT: dict[tuple[str, str], str] = {
    (PASSAGES, "return list(zip(words, words[⟦1⟧→⟦2⟧:], words[2:], strict=False))"): _RUNS,
    (PASSAGES, "return list(zip(words, words[1:], words[⟦2⟧→⟦3⟧:], strict=False))"): _RUNS,
    (POST, 'begun = spans["first_date"] ⟦>=⟧→⟦>⟧ rule["first_date"].min()'): _NOBODY,
}
