// The evidence index, narrowed by document, theme, actor, year and kind.
// Without this script it is the plain list.
(() => {
  const data = document.getElementById("csto-filter");
  const entries = [...document.querySelectorAll(".csto-entry")];
  if (!data || !entries.length) return;
  const form = document.createElement("form");
  form.className = "csto-filter";
  form.setAttribute("role", "search");
  form.setAttribute("aria-label", "Filter the passages");
  const chosen = () =>
    [...form.querySelectorAll("select")].map((select) => select.value).filter(Boolean);
  const count = document.createElement("output");

  const apply = () => {
    const wanted = chosen();
    entries.forEach((entry) => {
      entry.hidden = !wanted.every((name) => entry.classList.contains(name));
    });
    document.querySelectorAll("section:has(> .csto-entry)").forEach((section) => {
      section.hidden = !section.querySelector(".csto-entry:not([hidden])");
    });
    const left = entries.filter((entry) => !entry.hidden);
    count.textContent = `${left.length} of ${entries.length} passages`;
  };
  for (const [name, options] of Object.entries(JSON.parse(data.textContent))) {
    const label = document.createElement("label"), select = document.createElement("select");
    const offered = options.map(([value, text]) => new Option(text, value));
    select.append(new Option("all", ""), ...offered);
    label.append(name, select);
    form.append(label);
  }
  const reset = document.createElement("button");
  reset.type = "reset";
  reset.textContent = "Show all";
  form.append(reset, count);
  form.addEventListener("change", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  // A link to a passage that is filtered away shows everything again.
  addEventListener("hashchange", () => {
    const there = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (there && there.closest("[hidden]")) {
      form.reset();
      apply();
      there.scrollIntoView();
    }
  });
  const first = entries[0].closest("section");
  first.before(form);
  apply();
})();
