// What a mark of a chart stands for, shown beside it to a mouse and to a finger.
// Without this script a browser shows the same words by itself, as the mark's
// title; the table below the chart holds them all for keyboard and screen reader.
const tip = document.createElement("div");
tip.className = "csto-tip";
tip.hidden = true;
tip.setAttribute("aria-hidden", "true");
document.body.append(tip);

for (const title of document.querySelectorAll(".csto-chart path > title")) {
  title.parentNode.dataset.tip = title.textContent;
  title.remove();
}

function show(event) {
  const mark = event.target.closest?.(".csto-chart [data-tip]");
  tip.hidden = !mark;
  if (!mark) return;
  tip.textContent = mark.dataset.tip;
  const box = mark.getBoundingClientRect();
  const middle = box.left + box.width / 2 - tip.offsetWidth / 2;
  const left = Math.min(Math.max(middle, 8), innerWidth - tip.offsetWidth - 8);
  const above = box.top > tip.offsetHeight + 12;
  tip.style.left = `${left + scrollX}px`;
  tip.style.top = `${(above ? box.top - tip.offsetHeight - 8 : box.bottom + 8) + scrollY}px`;
}

document.addEventListener("pointerover", show);
document.addEventListener("pointerdown", show);
document.addEventListener("keydown", (event) => { if (event.key === "Escape") tip.hidden = true; });
