// Menus (details.menu): closed by a choice, a press beside them or Escape. What stands open with an id, and the focus on
// a summary, button or link, outlast a part that is fetched again while one reads it.
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

function keepOpen({ detail }) {
  if (!detail.shouldSwap) return;
  const open = [...document.querySelectorAll("details[id][open]")].map(({ id }) => id);
  const focused = addressOf(document.activeElement);
  if (open.length === 0 && !focused) return;
  document.addEventListener("htmx:afterSettle", () => openAgain(open, focused), { once: true });
}

/** How the same summary, button or link is found in the part that replaces this one. */
function addressOf(element) {
  if (element?.matches("details[id] > summary")) return `#${CSS.escape(element.parentElement.id)} > summary`;
  const name = ["hx-get", "hx-post", "href"].find((each) => element?.hasAttribute(each));
  return name && element.matches("button, a") ? `[${name}="${CSS.escape(element.getAttribute(name))}"]` : "";
}

function openAgain(open, focused) {
  for (const id of open) {
    const part = document.getElementById(id);
    if (part && !part.open) part.open = true;
  }
  if (focused && document.activeElement === document.body) document.querySelector(focused)?.focus();
}

document.addEventListener("htmx:beforeSwap", keepOpen);
