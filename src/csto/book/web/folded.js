// A link to what is folded away opens it. Without this script it is open to whoever opens it.
(() => {
  const open = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    for (let at = target; at; at = at.parentElement) if (at.localName === "details") at.open = true;
    if (target) target.scrollIntoView({ block: "nearest" });
  };
  addEventListener("hashchange", open);
  addEventListener("DOMContentLoaded", open);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='#']"); // also where the address stays the same
    if (link && link.hash === location.hash) open();
  });
})();
