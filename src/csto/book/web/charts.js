// What a mark of a chart stands for, shown beside it to a mouse and to a finger: the words of its
// row, and the row's live marks from the table below, whose cards open as they do in prose. A
// click on a mark opens the first of them.
// Without this script a browser shows the same words by itself, as the mark's title; the table
// and the list below the chart hold them all for keyboard and screen reader.
(() => {
  const CLOSE = 300; // milliseconds: crossing from a mark to its words closes nothing
  const tip = document.createElement("div");
  tip.className = "csto-tip";
  tip.hidden = true;
  document.body.append(tip);
  let timer = 0, shown = null;

  for (const title of document.querySelectorAll(".csto-chart [data-row] > title")) {
    title.parentNode.dataset.tip = title.textContent;
    title.remove();
  }

  // The live marks of a chart's row, from the table that goes with the chart.
  const evidence = (mark) => {
    const chart = mark.closest("figure, .csto-exhibit, .csto-opening");
    const row = chart?.querySelector(".csto-behind table")?.tBodies[0].rows[mark.dataset.row];
    return [...(row?.querySelectorAll(".csto-ev") ?? [])].map((group) => {
      const own = group.cloneNode(true);
      for (const node of [own, ...own.querySelectorAll("*")]) {
        node.removeAttribute("id");
        if (node.matches("a")) node.tabIndex = -1;
      }
      return own;
    });
  };
  const place = (mark) => {
    const box = mark.getBoundingClientRect(), middle = box.left + box.width / 2;
    const left = Math.min(middle - tip.offsetWidth / 2, innerWidth - tip.offsetWidth - 8);
    const above = box.top > tip.offsetHeight + 12;
    tip.style.left = `${Math.max(left, 8) + scrollX}px`;
    tip.style.top = `${(above ? box.top - tip.offsetHeight - 6 : box.bottom + 6) + scrollY}px`;
  };
  const hide = () => {
    clearTimeout(timer);
    tip.hidden = true;
    shown = null;
  };
  const show = (mark) => {
    clearTimeout(timer);
    if (shown === mark) return;
    const words = document.createElement("p");
    words.textContent = mark.dataset.tip;
    tip.replaceChildren(words, ...evidence(mark));
    tip.hidden = false;
    shown = mark;
    place(mark);
  };
  const markOf = (event) => event.target.closest?.(".csto-chart [data-tip]");

  document.addEventListener("pointerover", (event) => {
    const mark = markOf(event);
    if (mark) show(mark);
    else if (tip.contains(event.target)) clearTimeout(timer);
    else if (shown) {
      clearTimeout(timer);
      timer = setTimeout(hide, CLOSE);
    }
  });
  document.addEventListener("pointerdown", (event) => {
    const mark = markOf(event);
    if (mark) show(mark);
    else if (!tip.contains(event.target)) hide();
  });
  document.addEventListener("click", (event) => {
    if (!markOf(event)) return;
    const first = tip.querySelector("a.csto-mark");
    // Pointing at it is what opens a card.
    first?.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, pointerType: "mouse" }));
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
})();
