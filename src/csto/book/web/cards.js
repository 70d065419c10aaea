// Cards: what a mark leads to, shown beside it on hover, keyboard focus and touch.
// The data stands in the page; without this script, or in a browser without
// popovers, a mark is a plain link. Words of the documents are only ever text.
(() => {
  const data = document.getElementById("csto-cards");
  if (!data || !HTMLElement.prototype.showPopover) return;
  const { sources, passages, lines, numbers, near, index, words } = JSON.parse(data.textContent);
  // Milliseconds: passing over opens nothing, crossing the gap closes nothing.
  const OPEN = 150, CLOSE = 300, TERM = ".csto-term";
  let open = null, timer = 0, touched = false;

  const el = (tag, name, ...inside) => {
    const node = document.createElement(tag);
    if (name) node.className = name;
    node.append(...inside.filter((part) => part !== null && part !== undefined && part !== ""));
    return node;
  };
  const link = (href, text) => {
    const node = el("a", "", text);
    node.href = href;
    return node;
  };
  const idOf = (mark) => decodeURIComponent(mark.hash?.slice(1) ?? "");
  const list = (items) => el("ul", "", ...items.map((item) => el("li", "", item)));
  const coding = (card) => card.c.map((at) => lines[at]);

  // The passage at the publisher's page: its first and last words, as `wording.address` has them.
  const escaped = (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
  const encoded = (part) => encodeURIComponent(part.join(" ")).replace(/[-!'()*]/g, escaped);
  const fragment = (address, quote) => {
    const words = quote.split(/\s+/).filter(Boolean);
    const ends = words.length <= 10 ? [words] : [words.slice(0, 5), words.slice(-5)];
    const text = ends.map(encoded);
    return `${address.includes("#") ? ":" : "#:"}~:text=${text.join(",")}`;
  };

  const passage = (mark, card) => {
    const [page, id] = mark.getAttribute("href").split("#"), source = sources[card.s];
    const words = card.q && el("blockquote", "", card.b, el("mark", "", card.q), card.a);
    const links = [link(mark.href, "Evidence index")];
    card.n.forEach((key, after) => {
      if (key) links.push(link(`${page}#${near[key]}`, after ? `${key} →` : `← ${key}`));
    });
    if (source.u && card.q) {
      links.push(link(source.u + fragment(source.u, card.q), "At the publisher’s"));
    } else if (source.u) {
      links.push(link(source.u, "Document at the publisher’s"));
    }
    return [
      el("p", "csto-card-head", el("strong", "", `${card.k} · ${source.l}`)),
      el("p", "csto-card-by", source.w),
      words || el("p", "csto-card-by", `Not printed: ${card.p}.`),
      list([`tells of: ${card.d}`, ...coding(card)]),
      el("p", "csto-card-links", ...links),
    ];
  };
  const number = (mark, card) => [
    el("p", "csto-card-head", el("strong", "", card.v)),
    el("p", "", `${card.t}.`),
    list([
      card.i && `interval: ${card.i}`,
      card.o && `documents: ${card.o}`,
      card.r && `rests on: ${card.r}`,
      card.x && `with any one document left out: ${card.x}`,
    ].filter(Boolean)),
    el(
      "p",
      "csto-card-links",
      link(mark.href, "The cell that computes it"),
      link(`${index}#${card.n}`, "Findings index"),
    ),
  ];

  const place = (mark, card) => {
    const gap = 6, at = mark.getBoundingClientRect(), view = document.documentElement;
    const left = Math.max(gap, Math.min(at.left, view.clientWidth - card.offsetWidth - gap));
    const below = view.clientHeight - at.bottom;
    const up = below < card.offsetHeight + gap && at.top > below;
    const most = (up ? at.top : below) - 2 * gap;
    card.style.maxHeight = `${most}px`;
    card.style.left = `${left + scrollX}px`;
    const top = up ? at.top - Math.min(card.offsetHeight, most) - gap : at.bottom + gap;
    card.style.top = `${top + scrollY}px`;
  };
  const close = () => {
    clearTimeout(timer);
    if (!open) return;
    open.card.remove();
    open.mark.removeAttribute("aria-expanded");
    open = null;
  };
  const show = (mark) => {
    clearTimeout(timer);
    if (open && open.mark === mark) return;
    close();
    const id = idOf(mark);
    const asNumber = () => numbers[id] && number(mark, numbers[id]);
    const asMark = () => (passages[id] ? passage(mark, passages[id]) : asNumber());
    const inside = mark.matches(TERM) ? [el("p", "", words[mark.textContent])] : asMark();
    if (!inside) return;
    const card = el("div", "csto-card", ...inside);
    card.popover = "manual";
    card.setAttribute("role", "group");
    card.setAttribute("aria-label", `About ${mark.textContent}`);
    mark.after(card); // next in the order of the keyboard
    mark.setAttribute("aria-expanded", "true");
    card.showPopover();
    place(mark, card);
    open = { mark, card };
  };
  const later = (act, delay) => {
    clearTimeout(timer);
    timer = setTimeout(act, delay);
  };
  const markOf = (event) => event.target.closest?.(`a.csto-mark, ${TERM}`);
  const isOpen = (node) => open && (open.card.contains(node) || open.mark.contains(node));

  document.querySelectorAll("a.csto-mark").forEach((mark) => {
    const card = passages[idOf(mark)], finding = numbers[idOf(mark)];
    if (!card && !finding) return;
    mark.removeAttribute("title"); // a second box, of the browser's own, is not wanted
    // Read aloud with the mark, whether or not the card is open.
    const said = () => (card.q ? `“${card.q}”` : coding(card).join("; "));
    const words = finding ? `${finding.t}: ${finding.v}` : `${sources[card.s].l}: ${said()}`;
    mark.setAttribute("aria-description", words);
  });
  document.querySelectorAll(TERM).forEach((term) => {
    term.tabIndex = 0;
    term.setAttribute("role", "button"); // it shows something; without this script it is text
    term.setAttribute("aria-description", words[term.textContent]);
  });
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const mark = markOf(event);
    if (mark) later(() => show(mark), OPEN);
    else if (isOpen(event.target)) clearTimeout(timer);
    else later(close, CLOSE);
  });
  document.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch";
    if (!isOpen(event.target)) close();
  });
  document.addEventListener("click", (event) => {
    const mark = markOf(event);
    if (!mark || !touched || (open && open.mark === mark)) return;
    event.preventDefault(); // the first touch shows, the second follows
    show(mark);
  });
  document.addEventListener("focusin", (event) => {
    const mark = markOf(event);
    if (mark && mark.matches(":focus-visible") && !touched) show(mark);
    else if (!isOpen(event.target)) close();
  });
  document.addEventListener("keydown", (event) => {
    touched = false;
    const term = event.key === "Enter" && markOf(event);
    if (term && term.matches(TERM)) show(term);
    if (event.key === "Escape" && open) {
      event.preventDefault();
      if (open.card.contains(document.activeElement)) open.mark.focus();
      close();
    }
  });
  addEventListener("resize", close);
})();
