// The board: drag a card, or choose it and press M. The server decides; a refused card goes back to where it was.
import htmx from "htmx.org";
import Sortable from "sortablejs";
import { isTyping, isVisible, say } from "./page.js";

/** Make a [data-board] movable: columns are [data-stage], cards [data-card] with data-move-url and data-version. */
export function prepareBoard(board) {
  for (const column of board.querySelectorAll("[data-stage]")) {
    Sortable.create(column, {
      group: "stages",
      draggable: "[data-card]",
      sort: false,
      delay: 150,
      delayOnTouchOnly: true,
      animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
      onStart: () => board.classList.add("is-dragging"),
      onEnd: ({ item, from, to, oldIndex }) => {
        board.classList.remove("is-dragging");
        if (from !== to) move(item, to, () => from.insertBefore(item, from.children[oldIndex] ?? null));
      },
    });
  }
  board.dataset.ready = "yes";
}

async function move(card, column, putBack) {
  card.classList.add("is-moving");
  const values = { to: column.dataset.stage, version: card.dataset.version ?? "" };
  let moved = false;
  const heard = ({ detail }) => (moved = detail.xhr.status < 300 && !opensSheet(detail.xhr));
  card.addEventListener("htmx:beforeOnLoad", heard, { once: true });
  await htmx.ajax("POST", card.dataset.moveUrl, { source: card, target: "#sheet", swap: "innerHTML", values });
  card.classList.remove("is-moving");
  if (!moved && card.isConnected) putBack();
}

/** A move that lacks something answers with the form for it, and the card waits in its old column. */
const opensSheet = (answer) => answer.status !== 204 && answer.responseText.trim() !== "";

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "m" || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
  const card = event.target.closest?.("[data-card]");
  if (!card || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  offerColumns(card);
});

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-moves]");
  if (button) offerColumns(button.closest("[data-card]"));
});

function offerColumns(card) {
  const dialog = document.createElement("dialog");
  const head = document.createElement("div");
  const list = document.createElement("div");
  head.className = "dialog-head";
  head.append(Object.assign(document.createElement("h2"), { textContent: say("moveTo") }));
  list.className = "dialog-body stack-tight";
  list.append(...columns(card).map((column, at) => columnButton(card, column, at, dialog)));
  dialog.append(head, list);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("keydown", ({ key }) => list.children[Number(key) - 1]?.click());
  document.body.append(dialog);
  dialog.showModal();
}

function columns(card) {
  const all = card.closest("[data-board]").querySelectorAll("[data-stage]");
  return [...all].filter((column) => column !== card.parentElement && isVisible(column));
}

function columnButton(card, column, at, dialog) {
  const button = document.createElement("button");
  const key = document.createElement("kbd");
  key.textContent = at + 1;
  button.type = "button";
  button.className = "menu-item";
  button.append(column.dataset.name ?? column.dataset.stage, key);
  button.addEventListener("click", () => {
    dialog.close();
    moveBy(card.id, column.dataset.stage);
  });
  return button;
}

/** Move the card as it stands now: the board may have been drawn anew while one chose. */
function moveBy(id, stage) {
  const card = document.getElementById(id);
  const column = card?.closest("[data-board]").querySelector(`[data-stage="${CSS.escape(stage)}"]`);
  if (!column) return;
  const home = { parent: card.parentElement, next: card.nextElementSibling };
  column.prepend(card);
  move(card, column, () => home.parent.insertBefore(card, home.next));
}
