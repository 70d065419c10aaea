// Cards: what a mark leads to, shown beside it: in the margin where there is one, else below its
// sentence, on a small screen at the bottom. A mouse shows one by pointing, a finger by a tap, a
// keyboard by Enter or Down; what shows it once more follows the link.
// The data stands in the page; without this script, or in a browser without popovers, a mark is
// a plain link, and so is one that has no card. Words of the documents are only ever text.
(() => {
  const data = document.getElementById("csto-cards");
  if (!data || !HTMLElement.prototype.showPopover) return;
  const told = JSON.parse(data.textContent);
  const { sources, passages, lines, numbers, rows, near, index, words } = told;
  // Milliseconds: passing over opens nothing, crossing the gap closes nothing.
  const OPEN = 150, CLOSE = 300, MARK = "a.csto-mark", TERM = ".csto-term";
  const GAP = 8, NOTE = 250, HEADER = 64; // pixels
  const SMALL = "(max-width: 600px), (max-height: 420px)";
  const BLOCK = "p, li, td, th, dd, blockquote, figcaption, summary";
  const stops = (block) => [...(block?.querySelectorAll(MARK) ?? [])];
  const around = (mark) => mark.closest("tr") ?? mark.closest(BLOCK);
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
  const list = (items) => el("ul", "", ...items.filter(Boolean).map((item) => el("li", "", item)));
  const head = (text) => el("p", "csto-card-head", el("strong", "", text));
  const quiet = (text) => text && el("p", "csto-card-by", text);
  const links = (...some) => el("p", "csto-card-links", ...some);
  const coding = (card) => card.c.map((at) => lines[at]);

  // The passage where it can be read: its first and last words, as `wording.address` has them.
  const escaped = (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
  const encoded = (part) => encodeURIComponent(part.join(" ")).replace(/[-!'()*]/g, escaped);
  const fragment = (address, quote) => {
    const words = quote.split(/\s+/).filter(Boolean);
    const ends = words.length <= 10 ? [words] : [words.slice(0, 5), words.slice(-5)];
    const text = ends.map(encoded);
    return `${address.includes("#") ? ":" : "#:"}~:text=${text.join(",")}`;
  };

  const passage = (mark, card) => {
    const [page] = mark.getAttribute("href").split("#"), source = sources[card.s];
    const words = card.q && el("blockquote", "", card.b, el("mark", "", card.q), card.a);
    if (words) words.translate = false;
    const onward = [link(mark.href, "Evidence index")];
    card.n.forEach((key, after) => {
      if (key) onward.push(link(`${page}#${near[key]}`, after ? `${key} →` : `← ${key}`));
    });
    if (source.u && card.q) {
      onward.push(link(source.u + fragment(source.u, card.q), `At ${source.h}`));
    } else if (source.u) {
      onward.push(link(source.u, `Document at ${source.h}`));
    }
    return [
      head(`${card.k} · ${source.l}`),
      words || quiet(`Not printed: ${card.p}.`),
      quiet(source.w),
      list([`tells of: ${card.d}`, ...coding(card)]),
      links(...onward),
    ];
  };
  const row = (mark, card) => [
    head(`${card.k} · Outside record`),
    el("p", "", [card.t, card.d].filter(Boolean).join(" · ")),
    quiet(card.f),
    list(card.c),
    links(
      link(mark.href, "Outside record"),
      ...card.p.map(([host, address]) => link(address, `At ${host}`)),
    ),
    quiet(`looked up ${card.e}`),
  ];
  const number = (mark, card) => [
    head(card.v),
    el("p", "", `${card.t}.`),
    list([
      card.i && `interval: ${card.i}`,
      card.o && `documents: ${card.o}`,
      card.r && `rests on: ${card.r}`,
      card.x && `with any one document left out: ${card.x}`,
    ]),
    links(
      link(mark.href, "The cell that computes it"),
      link(`${index}#${card.n}`, "Findings index"),
    ),
  ];
  // What a card shows; nothing of a mark that has none.
  const inside = (mark) => {
    const id = idOf(mark);
    if (mark.matches(TERM)) return [el("p", "", words[mark.textContent])];
    if (passages[id]) return passage(mark, passages[id]);
    if (rows[id]) return row(mark, rows[id]);
    return numbers[id] && number(mark, numbers[id]);
  };
  const has = (mark) => mark.matches(TERM) || [passages, rows, numbers].some((s) => s[idOf(mark)]);

  // Where the sentence in which a mark stands begins and ends: its highest and lowest pixel.
  const sentence = (mark) => {
    const block = mark.closest(BLOCK) ?? mark, texts = [], range = document.createRange();
    const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    let text = "", here = 0;
    while (walk.nextNode()) {
      const node = walk.currentNode;
      if (node.parentNode.closest(".csto-card")) continue;
      if (!here && mark.contains(node)) here = text.length;
      texts.push([node, text.length]);
      text += node.data;
    }
    const ends = [...text.matchAll(/[.!?][”’)]*\s/g)].map((end) => end.index + end[0].length);
    const first = ends.findLast((end) => end <= here) ?? 0;
    const last = ends.find((end) => end > here) ?? text.length;
    const inside = texts.filter(([node, at]) => at < last && at + node.length > first);
    const boxes = inside.map(([node, at]) => {
      range.setStart(node, Math.max(0, first - at));
      range.setEnd(node, Math.min(node.length, last - at));
      return range.getBoundingClientRect();
    });
    const all = boxes.length ? boxes : [mark.getBoundingClientRect()];
    const top = Math.min(...all.map((box) => box.top));
    return { top, bottom: Math.max(...all.map((box) => box.bottom)) };
  };
  // On a small screen the sentence is moved above the card that covers the bottom.
  const sheet = (mark, card) => {
    card.classList.add("csto-sheet");
    const under = sentence(mark).bottom + GAP - card.getBoundingClientRect().top;
    const most = mark.getBoundingClientRect().top - HEADER;
    if (under > 0 && most > 0) scrollBy({ top: Math.min(under, most), behavior: "instant" });
  };
  // Whether there is room for a card in the margin.
  const beside = (mark, card, view) => {
    const text = mark.closest("table") ?? mark.closest(BLOCK) ?? mark;
    const left = text.getBoundingClientRect().right + 2 * GAP;
    if (view.clientWidth - left - GAP < NOTE) return false;
    card.style.width = `${Math.min(view.clientWidth - left - GAP, 416)}px`;
    card.style.left = `${left + scrollX}px`;
    return true;
  };
  // Below the lowest of some boxes in whose way a card would be: pinned cards, notes in the margin.
  const below = (card, others) => {
    const mine = card.getBoundingClientRect();
    const lowest = [...document.querySelectorAll(others)].map((other) => {
      const its = other.getBoundingClientRect();
      const meet = its.left < mine.right && its.right > mine.left && its.bottom > mine.top;
      return meet && its.top < mine.bottom ? its.bottom + GAP : 0;
    });
    return Math.max(0, ...lowest);
  };
  const place = (mark, card) => {
    const view = document.documentElement, at = mark.getBoundingClientRect();
    if (matchMedia(SMALL).matches) return sheet(mark, card);
    let top, most = view.clientHeight - 2 * GAP;
    if (beside(mark, card, view)) {
      card.classList.add("csto-note");
      top = Math.max(GAP, Math.min(at.top, most + GAP - card.offsetHeight));
    } else {
      const told = sentence(mark), room = view.clientHeight - told.bottom;
      const up = room < card.offsetHeight + GAP && told.top > room;
      most = (up ? told.top : room) - 2 * GAP;
      const left = Math.min(at.left, view.clientWidth - card.offsetWidth - GAP);
      card.style.left = `${Math.max(GAP, left) + scrollX}px`;
      top = up ? told.top - Math.min(card.offsetHeight, most) - GAP : told.bottom + GAP;
    }
    card.style.maxHeight = `${most}px`;
    card.style.top = `${top + scrollY}px`;
    const free = card.matches(".csto-note") && below(card, ".csto-sure");
    if (free && free + card.offsetHeight + GAP <= view.clientHeight) {
      card.style.top = `${free + scrollY}px`;
    }
    const after = below(card, ".csto-pinned");
    if (after) card.style.top = `${after + scrollY}px`;
  };
  const close = () => {
    clearTimeout(timer);
    if (!open) return;
    open.card.remove();
    open.mark.removeAttribute("aria-expanded");
    open = null;
  };
  // A pinned card stays where it is until it is closed.
  const keep = (card, mark, button) => {
    if (card.matches(".csto-pinned, .csto-sheet")) {
      if (open?.card === card) close();
      card.remove();
      return mark.focus();
    }
    card.classList.add("csto-pinned");
    mark.removeAttribute("aria-expanded");
    button.textContent = "Close";
    open = null;
  };
  const show = (mark, byKey) => {
    clearTimeout(timer);
    if (open && open.mark === mark) return;
    close();
    const shown = inside(mark);
    if (!shown) return;
    const button = el("button", "csto-pin", matchMedia(SMALL).matches ? "Close" : "Pin");
    button.type = "button";
    const others = byKey && stops(around(mark)).length > 1;
    const card = el("div", "csto-card", button, ...shown, others && quiet("← → other marks here"));
    button.addEventListener("click", () => keep(card, mark, button));
    card.popover = "manual";
    card.setAttribute("role", "group");
    card.setAttribute("aria-label", `About ${mark.textContent}`);
    mark.after(card); // next in the order of the keyboard
    mark.setAttribute("aria-expanded", "true");
    card.showPopover();
    open = { mark, card };
    place(mark, card);
  };
  const later = (act, delay) => {
    clearTimeout(timer);
    timer = setTimeout(act, delay);
  };
  const markOf = (event) => {
    const mark = event.target.closest?.(`${MARK}, ${TERM}`);
    return mark && has(mark) ? mark : null;
  };
  const isOpen = (node) => open && (open.card.contains(node) || open.mark.contains(node));

  document.querySelectorAll(MARK).forEach((mark) => {
    if (!has(mark)) return;
    mark.removeAttribute("title"); // a second box, of the browser's own, is not wanted
    // Read aloud with the mark, whether or not the card is open.
    const id = idOf(mark), card = passages[id], finding = numbers[id];
    const said = () => (card.q ? `“${card.q}”` : coding(card).join("; "));
    const words = card ? `${sources[card.s].l}: ${said()}` : rows[id]?.t;
    mark.setAttribute("aria-description", words ?? `${finding.t}: ${finding.v}`);
  });
  document.querySelectorAll(TERM).forEach((term) => {
    term.tabIndex = 0;
    term.setAttribute("role", "button"); // it shows something; without this script it is text
    term.setAttribute("aria-description", words[term.textContent]);
  });
  // The marks of a paragraph or row are one stop of the keyboard; Left and Right go from one to
  // the next. The page behind an outside mark is in its card.
  const marked = new Set([...document.querySelectorAll(MARK)].map(around).filter(Boolean));
  marked.forEach((block) => stops(block).forEach((mark, at) => { mark.tabIndex = at ? -1 : 0; }));
  const step = (mark, by) => {
    const all = stops(around(mark)), next = all[all.indexOf(mark) + by];
    if (!next) return false;
    mark.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
    return true;
  };

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
    if (!isOpen(event.target)) close();
  });
  document.addEventListener("keydown", (event) => {
    touched = false;
    if (event.key === "Escape" && open) {
      event.preventDefault();
      if (open.card.contains(document.activeElement)) open.mark.focus();
      return close();
    }
    const mark = event.target.matches?.(`${MARK}, ${TERM}`) ? markOf(event) : null;
    if (!mark) return;
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const isShown = open && open.mark === mark;
    if (by ? step(mark, by) : event.key === "ArrowDown" || (event.key === "Enter" && !isShown)) {
      event.preventDefault();
      if (!by) show(mark, true);
    }
  });
  addEventListener("resize", close);
})();
