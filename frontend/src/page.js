// Small questions to the page that several parts ask.
import htmx from "htmx.org";

/** The words this page's script may say, already translated by the server. */
export const words = JSON.parse(document.getElementById("words")?.textContent ?? "{}");

/** Say the word with its blanks filled: say("savedAt", {time: "10:58"}). */
export function say(name, blanks = {}) {
  return (words[name] ?? name).replace(/{(\w+)}/g, (whole, blank) => blanks[blank] ?? whole);
}

/** Call `act` with the elements that match, now and whenever htmx brings new ones. */
export function whenShown(selector, act) {
  htmx.onLoad((part) => {
    const found = [...part.querySelectorAll(selector)];
    if (part.matches?.(selector)) found.unshift(part);
    if (found.length) act(found);
  });
}

export function isTyping(element = document.activeElement) {
  return Boolean(element?.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]"));
}

export function isVisible(element) {
  return element.checkVisibility ? element.checkVisibility() : element.offsetParent !== null;
}

export function icon(name) {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${document.body.dataset.icons}#${name}`);
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  drawing.append(use);
  return drawing;
}

export function csrfToken() {
  return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
}

export function remember(name, value) {
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`;
}
