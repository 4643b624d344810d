// Live pages: an element with data-live="case:C2026-000001" (or "desk", "case") and hx-get, hx-trigger="live" is fetched
// again when the server says it changed. Nothing is fetched behind a hidden tab or under somebody's typing, and nothing is
// replaced between pressing and letting go: the click would be lost.
import htmx from "htmx.org";
import { isTyping, say } from "./page.js";
import { hearPresence } from "./presence.js";
import { Stream } from "./stream.js";

const QUIET = 3000; // a shorter break is not worth a word
const LONGEST_PRESS = 5000; // some menus of the system never tell that they were let go
const SETTLED = 50; // after it was replaced, a part listens again
const CALM = 1500; // a busy department changes many cases at once: lists are fetched once for all of them
const address = document.body.dataset.stream;
const waiting = new Set();
const outdated = new Set(); // ids of parts that changed once more while they were being fetched
let isPressed = false;
let grip = null;
let bar = null;
let barTimer = null;

if (address) connect(new URL(address, location.href).href);

function connect(absolute) {
  if (!window.SharedWorker) return new Stream(absolute, hear);
  const worker = new SharedWorker(new URL("./live-worker.js", import.meta.url), { type: "module", name: "live" });
  worker.port.onmessage = ({ data }) => hear(data);
  worker.port.postMessage({ address: absolute });
  window.addEventListener("pagehide", () => worker.port.postMessage({ leave: true }));
  return worker;
}

function hear(message) {
  if (message.kind === "state") return showState(message);
  const { name, data } = message;
  if (name === "case") {
    for (const part of parts(`case:${data.number}`)) if (!isAsNew(part, data.version)) fetchSoon(part, 0);
    for (const part of parts("case")) fetchSoon(part, CALM);
  }
  if (name === "presence") hearPresence(data);
  if (name === "desk") for (const part of parts("desk")) fetchSoon(part, CALM);
}

const parts = (token) => document.querySelectorAll(`[data-live~="${CSS.escape(token)}"]`);
const isAsNew = (part, version) => version !== undefined && Number(part.dataset.version ?? -1) >= Number(version);

function fetchSoon(part, calm) {
  if (waiting.has(part)) return;
  waiting.add(part);
  setTimeout(() => fetchNow(part), calm * (0.5 + Math.random()));
}

function fetchNow(part) {
  if (!part.isConnected) return waiting.delete(part);
  if (document.hidden || isBusy(part)) return; // stays waiting; asked again below
  waiting.delete(part);
  part.dataset.changed = "live";
  htmx.trigger(part, "live");
}

function isBusy(part) {
  return isPressed || (part.contains(document.activeElement) && isTyping()) || part.querySelector(".sortable-chosen") !== null;
}

const fetchWaiting = () => [...waiting].forEach(fetchNow);
document.addEventListener("visibilitychange", fetchWaiting);
document.addEventListener("focusout", () => setTimeout(fetchWaiting, 200));
document.addEventListener("pointerdown", press, true);
for (const end of ["pointerup", "pointercancel", "dragend"]) document.addEventListener(end, () => setTimeout(letGo), true);

function press({ button }) {
  if (button !== 0) return;
  isPressed = true;
  clearTimeout(grip);
  grip = setTimeout(letGo, LONGEST_PRESS);
}

function letGo() {
  isPressed = false;
  fetchWaiting();
}

/** The live part that fetched itself, if it was one. */
const livePart = ({ requestConfig }) => (requestConfig?.elt.dataset.live ? requestConfig.elt : null);

document.addEventListener("htmx:confirm", (event) => {
  const { elt } = event.detail;
  if (!elt.dataset.live || !elt.classList.contains("htmx-request")) return;
  event.preventDefault(); // kept by htmx, it would go with the element that is about to be replaced
  outdated.add(elt.id);
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const part = livePart(detail);
  if (part && outdated.delete(part.id)) setTimeout(() => fetchAgain(part.id), SETTLED);
});

function fetchAgain(id) {
  const part = document.getElementById(id);
  if (part) fetchSoon(part, 0);
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const part = livePart(event.detail);
  if (!part || !part.isConnected || !isBusy(part)) return;
  event.detail.shouldSwap = false;
  waiting.add(part);
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!detail.shouldSwap) return;
  if (detail.requestConfig?.elt?.dataset.changed !== "live") return;
  delete detail.requestConfig.elt.dataset.changed;
  const before = new Map(keyed(detail.target).map((row) => [row.id, row.dataset.version ?? row.textContent]));
  const id = detail.target.id;
  document.addEventListener("htmx:afterSettle", () => highlight(document.getElementById(id), before), { once: true });
});

const keyed = (part) => [...(part?.querySelectorAll("[id][data-row], [id][data-entry], [id][data-card]") ?? [])];

function highlight(part, before) {
  for (const row of keyed(part)) {
    if (before.get(row.id) !== (row.dataset.version ?? row.textContent)) row.classList.add("fresh");
  }
}

function showState({ up, missed }) {
  clearTimeout(barTimer);
  if (!up) return void (barTimer = setTimeout(showBar, QUIET));
  bar?.remove();
  bar = null;
  if (missed) document.querySelectorAll("[data-live]").forEach((part) => fetchSoon(part, CALM));
}

function showBar() {
  if (bar) return;
  bar = document.createElement("div");
  bar.className = "offline";
  bar.setAttribute("role", "status");
  bar.textContent = say("reconnecting");
  document.body.append(bar);
}
