// j and k walk the rows of the first list on the page that is marked data-list; Enter opens, as on any link.
const writing = (element) => element.closest("input, textarea, select, [contenteditable]");
const links = () => [...document.querySelectorAll("[data-list] :is(tr, li)")]
  .map((row) => row.querySelector("a[href]"))
  .filter((link) => link && link.offsetParent);

document.addEventListener("keydown", (event) => {
  const step = { j: 1, k: -1 }[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
  const all = links();
  const row = document.activeElement.closest("[data-list] :is(tr, li)");
  const at = row ? all.findIndex((link) => row.contains(link)) : -1;
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.closest("tr, li").scrollIntoView({ block: "nearest" });
});
