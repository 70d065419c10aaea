// “On this page” lights the entry of the section that is read: the last one that begins in the
// upper quarter of the screen. Towards the end of a page the quarter grows to the whole, since its
// last sections cannot come up that far. Before the first section nothing is lit. While the list is
// in sight, the button that calls it is not. On a phone another, above the title, calls it.
(() => {
  const head = document.querySelector(".csto-on-page");
  document.querySelector(".csto-on-page-here")?.addEventListener("click", () => head?.click());
  const links = [...document.querySelectorAll("#csto-toc a")];
  const name = (link) => decodeURIComponent(link.hash.slice(1));
  const places = links.map((link) => document.getElementById(name(link)));
  let waits = false;
  const light = () => {
    waits = false;
    const ends = links[0]?.closest("#csto-toc").getBoundingClientRect().bottom ?? 0;
    document.body.classList.toggle("csto-contents-seen", ends > 0);
    const left = document.documentElement.scrollHeight - innerHeight - scrollY;
    const line = 0.25 * innerHeight + Math.min(scrollY, Math.max(0, 0.75 * innerHeight - left));
    const here = places.findLastIndex((place) => place?.getBoundingClientRect().top <= line);
    links.forEach((link, at) => {
      link.classList.toggle("active", at === here);
      if (at === here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  };
  const soon = () => {
    if (!waits) requestAnimationFrame(light);
    waits = true;
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);
  document.addEventListener("toggle", soon, true); // what is opened moves what follows
  light();
})();
