// Ctrl K and / go to the find form; Escape leaves it.
const find = document.querySelector("[data-find]");
const writing = (element) => element.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (!find) return;
  const command = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
  const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !writing(event.target);
  if (command || slash) {
    event.preventDefault();
    find.focus();
    find.select();
  } else if (event.key === "Escape" && document.activeElement === find) {
    find.blur();
  }
});
