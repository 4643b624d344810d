// One line at the corner that says what happened. Errors stay until closed; the rest leaves by itself.
import htmx from "htmx.org";
import { icon, say, whenShown } from "./page.js";

const ICONS = { success: "circle-check", error: "alert-triangle", warning: "alert-triangle", info: "info-circle" };
const STAYS = 6000;

/** Show a sentence; `tone` is success, info, warning or error. */
export function toast(text, { tone = "info", undo = null } = {}) {
  const shelf = document.getElementById("toasts");
  if (!shelf || [...shelf.children].some((shown) => shown.dataset.text === text)) return;
  const note = document.createElement("div");
  note.className = `toast toast-${tone}`;
  note.dataset.text = text;
  note.setAttribute("role", tone === "error" ? "alert" : "status");
  const sentence = document.createElement("div");
  sentence.className = "toast-text";
  sentence.textContent = text;
  note.append(icon(ICONS[tone] ?? ICONS.info), sentence, ...(undo ? [undoer(note, undo)] : []), closer(note));
  raise(shelf);
  shelf.append(note);
  leaveInTime(note, tone);
}

/** Take away what was said once it is no longer true. */
export function withdraw(text) {
  for (const shown of document.querySelectorAll("#toasts > *")) if (shown.dataset.text === text) shown.remove();
}

/** A button that takes back what was done; `undo` is {href, values, label}. */
function undoer(note, { href, values, label }) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-small";
  button.textContent = label;
  button.addEventListener("click", () => {
    note.remove();
    htmx.ajax("POST", href, { values, swap: "none" });
  });
  return button;
}

function closer(note) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-quiet btn-icon btn-small";
  button.setAttribute("aria-label", say("close"));
  button.append(icon("x"));
  button.addEventListener("click", () => note.remove());
  return button;
}

function raise(shelf) {
  if (!shelf.showPopover) return;
  if (shelf.matches(":popover-open")) shelf.hidePopover(); // shown again, it lies above any dialog
  shelf.showPopover();
}

function leaveInTime(note, tone) {
  if (tone === "error") return;
  let timer = setTimeout(() => note.remove(), STAYS);
  note.addEventListener("mouseenter", () => clearTimeout(timer));
  note.addEventListener("mouseleave", () => (timer = setTimeout(() => note.remove(), STAYS / 2)));
}

document.addEventListener("say", ({ detail }) => toast(detail.text, { tone: detail.tone, undo: detail.undo }));
whenShown("[data-say]", (messages) => {
  for (const message of messages) {
    toast(message.textContent.trim(), { tone: message.dataset.say });
    message.remove();
  }
});

for (const happening of ["error", "unhandledrejection"]) {
  window.addEventListener(happening, (event) => {
    if (happening === "error" && !event.error) return; // e.g. a picture that did not load
    toast(say("unhandled"), { tone: "error" });
  });
}
