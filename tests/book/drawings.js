// Faults of the drawings that a page shows: words that touch words or marks, that stick out of
// their drawing, or that are too pale on the page.
() => {
  const INSET = 3, SLACK = 1, LEAST = 4.5; // pixels: of a line's air, and of rounding; contrast
  const box = (node, inset = 0) => {
    const { left, right, top, bottom } = node.getBoundingClientRect();
    return { left, right, top: top + inset, bottom: bottom - inset };
  };
  const meet = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > SLACK &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > SLACK;
  const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = numbers(colour).map((one) => {
      const part = one / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (numbers(colour)[3] !== 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const faults = [];
  for (const svg of document.querySelectorAll(".csto-chart svg")) {
    if (!svg.getBoundingClientRect().width) continue;
    const frame = box(svg), page = light(ground(svg));
    const words = [...svg.querySelectorAll("text")].filter((one) => one.textContent.trim());
    const marks = [...svg.querySelectorAll(".mark-symbol path[data-row]")].map((one) => box(one));
    words.forEach((one, at) => {
      const here = box(one, INSET), said = one.textContent;
      const colour = light(getComputedStyle(one).fill);
      const contrast = (Math.max(colour, page) + 0.05) / (Math.min(colour, page) + 0.05);
      if (contrast < LEAST) faults.push(`“${said}” has a contrast of ${contrast.toFixed(1)}`);
      if (here.left < frame.left - SLACK || here.right > frame.right + SLACK ||
          here.top < frame.top - SLACK || here.bottom > frame.bottom + SLACK) {
        faults.push(`“${said}” sticks out`);
      }
      if (marks.some((mark) => meet(here, mark))) faults.push(`“${said}” touches a mark`);
      for (const other of words.slice(at + 1)) {
        if (meet(here, box(other, INSET))) faults.push(`“${said}” touches “${other.textContent}”`);
      }
    });
    marks.forEach((one, at) => {
      if (marks.slice(at + 1).some((other) => meet(one, other))) {
        faults.push("marks touch");
      }
    });
  }
  return faults;
}
