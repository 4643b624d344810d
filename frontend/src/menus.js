// Menus (details.menu): closed by a choice, a press beside them or Escape. What stands open with an id, and the focus on
// its summary, outlast a part that is fetched again while one reads it.
document.addEventListener("click", ({ target }) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(target) || target.closest(".menu-item")) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
  event.stopImmediatePropagation();
});

function keepOpen() {
  const open = [...document.querySelectorAll("details[id][open]")].map(({ id }) => id);
  const focused = document.activeElement?.closest?.("summary")?.parentElement.id;
  if (open.length === 0 && !focused) return;
  document.addEventListener("htmx:afterSettle", () => openAgain(open, focused), { once: true });
}

function openAgain(open, focused) {
  for (const id of open) {
    const part = document.getElementById(id);
    if (part && !part.open) part.open = true;
  }
  if (focused && document.activeElement === document.body) document.getElementById(focused)?.querySelector("summary").focus();
}

document.addEventListener("htmx:beforeSwap", keepOpen);
