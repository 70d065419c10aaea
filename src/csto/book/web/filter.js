// An index, of passages or of rows of the outside record, narrowed by words and by what its entries
// are offered by. What is chosen stands in the address, so that it is there again on coming back.
// The first list is open, the others are closed until something is chosen or a link leads into
// them. Without this script it is the plain list.
(() => {
  const data = document.getElementById("csto-filter");
  const entries = [...document.querySelectorAll(".csto-entry")];
  if (!data || !entries.length) return;
  const form = document.createElement("form"), count = document.createElement("output");
  const what = document.querySelector(".csto-entry [id^='ev-']") ? "passages" : "rows";
  form.className = "csto-filter";
  form.setAttribute("role", "search");
  form.setAttribute("aria-label", `Filter the ${what}`);

  const field = (name, control) => {
    const label = document.createElement("label");
    control.name = name;
    label.append(name[0].toUpperCase() + name.slice(1), control);
    form.append(label);
    return control;
  };
  const input = (name, type) => {
    const control = document.createElement("input");
    control.type = type;
    return field(name, control);
  };
  const words = input("words", "search");
  for (const [name, options] of Object.entries(JSON.parse(data.textContent))) {
    const select = field(name, document.createElement("select"));
    const offered = options.map(([value, text]) => new Option(text, value));
    select.append(new Option("all", ""), ...offered);
  }
  const printed = document.querySelector(".csto-entry blockquote")
    ? input("printed only", "checkbox") : { checked: false }; // where some are not printed
  const reset = document.createElement("button");
  reset.type = "reset";
  reset.textContent = "Show all";
  form.append(reset, count);

  // Each list behind one line.
  const lists = [...new Set(entries.map((entry) => entry.parentElement))].map((section) => {
    const list = document.createElement("details"), line = document.createElement("summary");
    const mine = entries.filter((entry) => entry.parentElement === section);
    mine[0].before(list);
    list.append(line, ...mine);
    return { section, list, line, mine };
  });

  // The name of a passage says what it is about, also where its words are not printed.
  const text = (entry) => {
    const name = entry.querySelector("[id^='ev-'], [id^='out-']")?.id ?? "";
    return `${entry.textContent} ${name.replaceAll("-", " ")}`.toLowerCase();
  };
  const apply = () => {
    const said = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = [...form.querySelectorAll("select")].map((one) => one.value).filter(Boolean);
    const isFree = !said.length && !chosen.length && !printed.checked;
    entries.forEach((entry) => {
      const fits = chosen.every((name) => entry.classList.contains(name))
        && (!printed.checked || entry.querySelector("blockquote"))
        && said.every((word) => text(entry).includes(word));
      entry.hidden = !fits;
    });
    lists.forEach(({ section, list, line, mine }, at) => {
      const left = mine.filter((entry) => !entry.hidden).length;
      section.hidden = !left;
      list.open = !isFree || at === 0;
      line.textContent = `${left} ${what}`;
    });
    const left = entries.filter((entry) => !entry.hidden).length;
    count.textContent = `${left} of ${entries.length} ${what}`;
  };
  const keep = () => {
    const kept = [...new FormData(form)].filter(([, value]) => value);
    const query = new URLSearchParams(kept).toString();
    history.replaceState(null, "", `${query ? `?${query}` : location.pathname}${location.hash}`);
  };
  const restore = () => {
    const kept = new URLSearchParams(location.search);
    form.querySelectorAll("select, input").forEach((one) => {
      if (one.type === "checkbox") one.checked = kept.has(one.name);
      else one.value = kept.get(one.name) ?? "";
    });
    apply();
  };
  const changed = () => { apply(); keep(); };
  // A link to a passage that is filtered away shows everything again; its list opens.
  const lead = () => {
    const there = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!there?.closest("details")) return;
    if (there.closest("[hidden]")) {
      history.replaceState(null, "", `${location.pathname}${location.hash}`);
      restore();
    }
    there.closest("details").open = true;
    there.scrollIntoView();
  };
  form.addEventListener("input", changed);
  form.addEventListener("reset", () => setTimeout(changed));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", lead);
  addEventListener("pageshow", () => { restore(); lead(); });
  lists[0].section.before(form);
  const last = lists.at(-1).section; // what stands below all lists is no part of the last
  last.after(...last.querySelectorAll(":scope > .csto-fine"));
  restore();
})();
