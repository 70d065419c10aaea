// The search page: what is asked for, looked for in each section of the book, the best first. It
// asks for nothing but the index, `searchindex.js`, so it works from disk as well. A word is found
// by its beginning; case and accents are one; a name is found by its other spellings.
(() => {
  const MOST = 60, AROUND = 110; // sections shown; characters on each side of what is found
  const GAP = "[^\\p{L}\\p{N}]+", START = "(?<![\\p{L}\\p{N}])", END = "(?![\\p{L}\\p{N}])";
  const results = document.getElementById("search-results");
  const query = new URLSearchParams(location.search).get("q")?.trim() || "";
  for (const field of document.querySelectorAll("input[name=q]")) field.value = query;

  // One character for each, so that a place in what is folded is the place in the text.
  const base = (letter) => letter.normalize("NFD")[0];
  const fold = (text) => text.replace(/[^\x00-\x7f]/g, base).toLowerCase();
  const split = (text) => text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const pattern = (words, end = "") => new RegExp(START + words.join(GAP) + end, "gu");
  const stem = (word) => word.replace(/(?<=.{4})(ies|es|ed|ing|s|e|y)$/, "");

  // What is asked for: names with the forms that the book has (`here`), then single words.
  const term = (forms, ends = forms) => ({
    whole: forms.map((form) => pattern(split(form), END)),
    begun: ends.map((form) => pattern(split(form))),
  });
  const terms = () => {
    const found = [];
    let left = fold(query);
    for (const [other, forms] of Object.entries(searchIndex.names)) {
      const name = pattern(split(fold(other)), END);
      if (!has(left, [name])) continue;
      left = left.replace(name, " ");
      found.push({ ...term([other, ...forms].map(fold)), here: forms[0] });
    }
    return [...found, ...split(left).map((word) => term([word], [stem(word)]))];
  };

  const has = (text, patterns) => patterns.some((each) => text.search(each) >= 0);
  const worth = ({ whole, begun }, { title, text }) =>
    8 * has(title, whole) + 4 * has(title, begun) + 2 * has(text, whole) + has(text, begun);

  const look = (asked) => {
    const phrase = pattern(split(fold(query)), END);
    const scored = Object.entries(searchIndex.pages).flatMap(([page, places]) =>
      places.map(([id, title, text]) => {
        const folded = { title: fold(title), text: fold(text) };
        const worths = asked.map((each) => worth(each, folded));
        const isWhole = asked.length > 1 && has(folded.text, [phrase]);
        return {
          address: `${page}#${id}`, page: places[0][1], title, text, folded,
          words: worths.filter(Boolean).length,
          score: worths.reduce((sum, each) => sum + each, isWhole ? 20 : 0),
        };
      }));
    const most = Math.max(...scored.map(({ words }) => words));
    const best = scored.filter(({ words }) => words && words === most);
    return best.sort((one, other) => other.score - one.score); // else in the book's order
  };

  // The words around the first that is found, what is found marked.
  const passage = (asked, { text, folded }) => {
    const spans = asked.flatMap(({ whole, begun }) => {
      const exact = whole.flatMap((each) => [...folded.text.matchAll(each)]);
      return exact.length ? exact : begun.flatMap((each) => [...folded.text.matchAll(each)]);
    });
    const phrase = folded.text.search(pattern(split(fold(query)), END));
    spans.sort((one, other) => one.index - other.index);
    const first = phrase >= 0 ? phrase : spans[0]?.index ?? 0;
    const begin = first < AROUND ? 0 : text.indexOf(" ", first - AROUND) + 1;
    const end = first + 2 * AROUND;
    const line = document.createElement("p");
    let at = begin;
    if (begin) line.append("… ");
    for (const span of spans) {
      if (span.index < at || span.index > end) continue;
      const mark = document.createElement("mark");
      mark.textContent = text.slice(span.index, span.index + span[0].length);
      line.append(text.slice(at, span.index), mark);
      at = span.index + span[0].length;
    }
    const stop = Math.max(at, text.indexOf(" ", end) < 0 ? text.length : text.indexOf(" ", end));
    line.append(text.slice(at, stop), stop < text.length ? " …" : "");
    return line;
  };

  const entry = (asked, found) => {
    const item = document.createElement("li"), link = document.createElement("a");
    link.href = found.address;
    link.textContent = found.title;
    item.append(link);
    if (found.page !== found.title) item.append(` · ${found.page}`);
    item.append(passage(asked, found));
    return item;
  };

  const show = () => {
    const asked = terms(), found = asked.length ? look(asked) : [];
    const said = document.createElement("p"), list = document.createElement("ol");
    const few = found.length && found[0].words < asked.length;
    const here = asked.flatMap((each) => each.here || []).map((name) => ` The book has “${name}”.`);
    said.setAttribute("role", "status");
    said.textContent = !found.length ? `Nothing is found for “${query}”.`
      : `${few ? "No section has all these words. " : ""}${found.length} ` +
        `${found.length === 1 ? "place" : "places"} for “${query}”` +
        (found.length > MOST ? `; the first ${MOST} are listed.` : ".") + here.join("");
    list.append(...found.slice(0, MOST).map((each) => entry(asked, each)));
    results.replaceChildren(said, list);
  };
  if (query) show();
})();
