// Read otherwise: another reading of the articles, shown in the page.
// What every number, claim and word of quantity is under each choice stands in the page as data;
// the reading stands in the address and is kept in this tab. Without this script the page is in
// the book's own reading.
(() => {
  const told = document.getElementById("csto-otherwise");
  if (!told) return;
  const data = JSON.parse(told.textContent), { offers } = data;
  const KEY = "csto-reading", UNDO = "csto-readings-before", OWN = "own";
  const own = () => offers.map(() => 0);
  const article = document.querySelector(".bd-article") ?? document.body;

  // ---- the reading: an option's place for each choice ----

  const kept = (name) => {
    try { return sessionStorage.getItem(name) ?? ""; } catch { return ""; }
  };
  const keep = (name, value) => {
    try { sessionStorage.setItem(name, value); } catch { /* a private window keeps nothing */ }
  };
  const parsed = (query) => {
    const asked = new URLSearchParams(query);
    return offers.map(({ id, options }) =>
      Math.max(0, options.findIndex(([option]) => option === asked.get(id))));
  };
  const isAsked = (query) => offers.some(({ id }) => new URLSearchParams(query).has(id));
  const written = (state) => offers
    .flatMap(({ id, options }, at) => (state[at] ? [`${id}=${options[state[at]][0]}`] : []))
    .join("&");
  const query = (search, state) => {
    const left = new URLSearchParams(search);
    offers.forEach(({ id }) => left.delete(id));
    return [left.toString(), written(state)].filter(Boolean).join("&");
  };

  // ---- what becomes of things ----

  const answer = ([places, values, letters], state) => {
    const at = places.reduce((sum, p) => sum * offers[p].options.length + state[p], 0);
    const letter = letters[at];
    return values["0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_.!~*()"
      .indexOf(letter)];
  };
  const changed = (state) => [...state.keys()].filter((at) => state[at]);
  const when = (state, places) =>
    places.map((at) => offers[at].options[state[at]][1]).join(", and ");
  // The choices by which something came about: each alone if one does, else all that bear on it.
  const because = (one, state, is) => {
    const mine = changed(state).filter((at) => one[0].includes(at));
    const alone = mine.filter((at) => is(answer(one, own().with(at, state[at]))));
    return when(state, alone.length ? alone : mine);
  };

  // ---- the page ----

  let undo = [];
  const el = (tag, name, text = "") => {
    const node = document.createElement(tag);
    if (name) node.className = name;
    node.append(text);
    return node;
  };
  const put = (where, how, node) => {
    where[how](node);
    undo.push(() => node.remove());
    return node;
  };
  const mark = (node, name) => {
    if (node.classList.contains(name)) return;
    node.classList.add(name);
    undo.push(() => node.classList.remove(name));
  };
  const anchor = (link) => decodeURIComponent(link.hash?.slice(1) ?? "");
  const says = (text) => el("ins", "csto-new", text);

  const numbers = (state) => {
    let count = 0;
    document.querySelectorAll("a.csto-mark > .csto-n").forEach((number) => {
      const link = number.parentElement, one = data.numbers[anchor(link)];
      if (!one) {
        const isClaim = data.claims[anchor(link)];
        const prose = link.closest(".bd-article p, .bd-article li");
        if (!isClaim && prose && !number.classList.contains("csto-outside")) {
          put(link, "after", el("ins", "csto-new csto-of-it", " (in the book’s own reading)"));
        }
        return;
      }
      const [now, why] = answer(one, state), [before] = answer(one, own());
      if (now === before) return;
      count += 1;
      mark(number, "csto-was");
      const text = now || `cannot be computed: ${why}`;
      put(link, "after", says(now ? ` ${text}` : ` (${text})`));
    });
    return count;
  };

  const heading = (line) => {
    const item = line.closest("li");
    if (item) return item.querySelector("strong");
    const lead = line.previousElementSibling?.firstChild; // “**Did it?** A count …”
    if (lead?.nodeName === "STRONG") return lead;
    const parts = [...(line.closest("section")?.children ?? [])];
    return parts.find((one) => /^H[1-6]$/.test(one.tagName));
  };
  const OUTCOMES = { fallen: "falls", weakened: "is weakened", unsaid: "cannot be told" };
  const outcome = (id, state) => {
    const one = data.claims[id], [now, grade, why] = answer(one, state);
    if (now === "stands") return null;
    const by = because(one, state, ([then]) => then === now);
    const more = now === "weakened" ? ` It is ${grade}.` : now === "unsaid" ? ` ${why}.` : "";
    return { now, text: `In this reading it ${OUTCOMES[now]}: ${by}.${more}` };
  };
  const claims = (state) => {
    const count = { fallen: 0, weakened: 0, unsaid: 0 };
    document.querySelectorAll(".csto-sure").forEach((line) => {
      const link = [...line.querySelectorAll("a.csto-mark")].find((a) => data.claims[anchor(a)]);
      const found = link && outcome(anchor(link), state);
      if (!found) return;
      count[found.now] += 1;
      mark(line, `csto-${found.now}`);
      put(line.firstElementChild, "append", el("ins", "csto-new csto-outcome", ` ${found.text}`));
      const above = heading(line);
      if (above && found.now !== "unsaid") mark(above, `csto-${found.now}`);
    });
    document.querySelectorAll("td a.csto-mark > .csto-n").forEach((grade) => {
      const link = grade.parentElement, one = data.claims[anchor(link)];
      const found = one && outcome(anchor(link), state);
      if (!found) return;
      count[found.now] += 1;
      mark(grade, "csto-was");
      mark(link.closest("tr"), `csto-${found.now}`);
      put(link, "after", says(` ${found.text}`));
    });
    return count;
  };

  const words = (state) => {
    let count = 0;
    document.querySelectorAll(".csto-w").forEach((word) => {
      const one = data.words[[...word.classList].find((c) => /^w\d+$/.test(c)).slice(1)];
      const [holds, why] = answer(one, state);
      if (holds === "1") return;
      count += 1;
      mark(word, "csto-was");
      const text = holds ? "no longer holds" : `cannot be told: ${why}`;
      put(word, "after", says(` (${text})`));
    });
    return count;
  };

  // Passages that this reading leaves out, and what rests on them alone.
  const passages = (state) => {
    const document_ = offers.findIndex(({ id }) => id === "without");
    const hedge = offers.findIndex(({ id }) => id === "hedged");
    const source = data.documents[offers[document_].options[state[document_]][0]];
    const hedged = new Set(state[hedge] ? data.hedged : []);
    const isGone = (link) => {
      const id = anchor(link);
      return (source && id.startsWith(`${source}-`)) || hedged.has(id);
    };
    document.querySelectorAll(".bd-article .csto-ev:not(.csto-out)").forEach((group) => {
      const links = [...group.querySelectorAll("a.csto-mark")];
      const gone = links.filter(isGone);
      gone.forEach((link) => mark(link, "csto-gone"));
      if (!gone.length) return;
      const heard = el("span", "visually-hidden", " left out in this reading ");
      put(gone.at(-1), "after", heard);
      if (gone.length === links.length && data.chapter) unsupported(group);
    });
    document.querySelectorAll(".bd-article tbody tr").forEach((row) => {
      const all = [...row.cells].map((cell) => [cell, keys(cell)]);
      const cells = all.filter(([, links]) => links.length);
      const lost = cells.filter(([, links]) => links.every(isGone));
      if (lost.length && lost.length === cells.length) mark(row, "csto-unsupported");
      else lost.forEach(([cell]) => mark(cell, "csto-unsupported"));
    });
  };
  const keys = (node) => [...node.querySelectorAll(".csto-ev:not(.csto-out) a.csto-mark")];
  // The words before a mark, back to the mark before or the beginning.
  const unsupported = (group) => {
    if (group.closest("td, .csto-finding, details")) return;
    const parts = [];
    for (let node = group.previousSibling; node; node = node.previousSibling) {
      if (node.nodeType === 1 && node.matches(".csto-ev")) break;
      parts.unshift(node);
    }
    if (!parts.some((node) => node.textContent.trim())) return;
    const span = el("span", "csto-unsupported");
    parts[0].before(span);
    span.append(...parts);
    undo.push(() => span.replaceWith(...span.childNodes));
  };

  // Paragraphs of a chapter without a mark speak of the book's own reading.
  const ownWords = () => {
    if (!data.chapter) return;
    document.querySelectorAll(".bd-article section > :is(p, ul)").forEach((p) => {
      const isPlain = !p.querySelector(".csto-ev, .csto-n, .csto-w, .csto-sure");
      if (isPlain && !p.className && p.textContent.trim()) mark(p, "csto-of-own");
    });
  };
  // A mark of a chart says its row of the data; it fades with the row.
  const charts = () => {
    document.querySelectorAll(".csto-chart").forEach((chart) => {
      const table = chart.parentElement.querySelector(".csto-behind table");
      const faded = table ? fade(chart, table) : 0;
      const more = faded ? " What is faded rests on what this reading leaves out." : "";
      const said = `Drawn in the book’s own reading.${more}`;
      put(chart, "before", el("p", "csto-new csto-drawn", said));
    });
  };
  const fade = (chart, table) => {
    const [heads, ...rows] = [...table.rows].map((row) => [...row.cells]);
    const shown = (cell) => cell.textContent.trim();
    const lost = rows.filter(([cell]) => cell.parentElement.matches(".csto-unsupported"));
    const tips = lost.map((cells) => [
      shown(cells[0]),
      ...cells.slice(1).map((cell, at) => `${shown(heads[at + 1])}: ${shown(cell)}`),
    ]);
    const isLost = ([first, ...lines]) => tips.some(([name, ...others]) =>
      name === first && lines.every((line) => others.includes(line)));
    let count = 0;
    chart.querySelectorAll("path").forEach((path) => {
      const tip = path.dataset.tip ?? path.querySelector("title")?.textContent;
      if (!tip || !isLost(tip.split("\n"))) return;
      mark(path, "csto-faded");
      count += 1;
    });
    return count;
  };

  // ---- the bar, the form ----

  const button = (text, act) => {
    const node = el("button", "", text);
    node.type = "button";
    node.addEventListener("click", act);
    return node;
  };
  const before = () => JSON.parse(kept(UNDO) || "[]");
  const back = () => {
    const readings = before(), last = readings.pop() ?? "";
    keep(UNDO, JSON.stringify(readings));
    go(parsed(last), true);
  };
  const bar = el("aside", "csto-bar");
  bar.setAttribute("aria-label", "Another reading");
  const status = el("p", "visually-hidden");
  status.setAttribute("role", "status");
  article.prepend(bar, status);
  const show = (state) => {
    bar.hidden = !changed(state).length;
    if (bar.hidden) return;
    const change = el("a", "", "Change it");
    change.href = data.page;
    bar.replaceChildren(
      el("p", "", el("strong", "", "You read it otherwise: ")),
      el("p", "csto-bar-do", change),
    );
    bar.firstChild.append(`${when(state, changed(state))}.`);
    bar.lastChild.append(
      button("Undo", back), button("Back to the book’s own reading", () => go(own())));
  };

  const form = el("form", "csto-choices");
  const choose = () => {
    const place = document.querySelector(".csto-offers");
    if (!place) return;
    for (const [at, { id, label, why, options }] of offers.entries()) {
      const set = el("fieldset"), said = el("p", "", why);
      said.id = `csto-why-${id}`;
      set.setAttribute("aria-describedby", said.id);
      set.append(el("legend", "", label), said);
      options.forEach(([option, , name], number) => {
        const line = el("label"), input = el("input");
        Object.assign(input, { type: "radio", name: id, value: option, checked: !number });
        input.addEventListener("change", () => go(now.with(at, number)));
        line.append(input, ` ${name}`);
        set.append(line);
      });
      form.append(set);
    }
    const link = button("Copy the link to this reading", () =>
      navigator.clipboard?.writeText(location.href));
    form.append(el("p", "csto-bar-do"));
    form.lastChild.append(
      button("Undo", back), button("Back to the book’s own reading", () => go(own())), link);
    form.addEventListener("submit", (event) => event.preventDefault());
    place.replaceWith(form);
  };

  // ---- from one reading to the next ----

  let now = own();
  const apply = (state) => {
    undo.reverse().forEach((act) => act());
    undo = [];
    now = state;
    show(state);
    for (const [at, { id, options }] of offers.entries()) {
      const input = form.querySelector(`[name="${id}"][value="${options[state[at]][0]}"]`);
      if (input) input.checked = true;
    }
    if (!changed(state).length) return "The book’s own reading.";
    const count = { numbers: numbers(state), ...claims(state), words: words(state) };
    passages(state);
    ownWords();
    charts();
    const many = (number, one, more) => `${number} ${number === 1 ? one : more}`;
    return `On this page ${many(count.fallen, "claim falls", "claims fall")}, ` +
      `${many(count.weakened, "is", "are")} weakened; ` +
      `${many(count.numbers, "number changes", "numbers change")}, ` +
      `${many(count.words, "word", "words")} no longer stand.`;
  };
  const address = (state) => {
    const search = query(location.search, state);
    try {
      const there = search ? `?${search}` : location.pathname;
      history.replaceState(null, "", `${there}${location.hash}`);
    } catch { /* some browsers let no page of a disk change its address */ }
  };
  const go = (state, isBack = false) => {
    if (!isBack) keep(UNDO, JSON.stringify([...before(), written(now)]));
    keep(KEY, written(state));
    address(state);
    status.textContent = apply(state);
  };

  // A link to another page takes the reading along, also where a tab keeps nothing.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || !changed(now).length || link.origin !== location.origin) return;
    if (!link.pathname.endsWith(".html") || link.pathname === location.pathname) return;
    link.search = query(link.search, now);
  });

  choose();
  const first = parsed(isAsked(location.search) ? location.search : kept(KEY));
  keep(KEY, written(first));
  if (changed(first).length) address(first);
  apply(first);
  // What a test asks: every answer of this page in a state.
  globalThis.cstoOtherwise = {
    offers,
    answers: (state) => ["numbers", "claims", "words"].map((kind) =>
      Object.entries(data[kind]).map(([id, one]) => [id, answer(one, state)])),
  };
})();
