// Rows ticked to be changed together: a press, Shift for a range, X on the chosen row; the bar says how many.
import { isTyping, say, whenShown } from "./page.js";

const ticked = new Set();
let last = null;

const bar = () => document.querySelector("[data-bulk]");
const boxes = () => [...document.querySelectorAll("[data-tick]")];
const ofWholeList = () => document.querySelector("[data-tick-list]");

document.addEventListener("click", (event) => {
  const box = event.target.closest("[data-tick]");
  if (!box) return;
  if (event.shiftKey) tickRange(box);
  last = box.value;
});

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-tick-page]")) boxes().forEach((box) => (box.checked = target.checked));
  if (target.matches("[data-tick], [data-tick-page], [data-tick-list]")) keep();
});

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.key.toLowerCase() !== "x") return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const box = document.querySelector("[data-row][aria-selected=true] [data-tick]");
  if (!box) return;
  event.preventDefault();
  box.checked = !box.checked;
  last = box.value;
  keep();
});

document.addEventListener("reset", ({ target }) => {
  if (target.matches("[data-bulk]")) setTimeout(untick);
});
document.addEventListener("batch-done", untick);

function tickRange(box) {
  const all = boxes();
  const from = all.findIndex((each) => each.value === last);
  const to = all.indexOf(box);
  if (from < 0) return;
  for (const each of all.slice(Math.min(from, to), Math.max(from, to) + 1)) each.checked = box.checked;
}

function untick() {
  for (const box of [...boxes(), ofWholeList()]) if (box) box.checked = false;
  last = null;
  keep();
}

function keep() {
  ticked.clear();
  for (const box of boxes()) if (box.checked) ticked.add(box.value);
  draw();
}

function draw() {
  const all = boxes();
  const whole = ofWholeList();
  const page = document.querySelector("[data-tick-page]");
  const isWholePage = all.length > 0 && ticked.size === all.length;
  if (page) [page.checked, page.indeterminate] = [isWholePage, ticked.size > 0 && !isWholePage];
  if (whole && !isWholePage) whole.checked = false;
  whole?.closest("label").toggleAttribute("hidden", !isWholePage);
  for (const box of all) box.closest("[data-row]").toggleAttribute("data-ticked", box.checked);
  bar()?.classList.toggle("is-on", ticked.size > 0);
  const count = bar()?.querySelector("[data-bulk-count]");
  if (count) count.textContent = whole?.checked ? say("allTicked") : say("ticked", { count: ticked.size });
}

// A list fetched anew keeps its ticks; so does one the browser shows again.
whenShown("#listing", () => {
  for (const box of boxes()) box.checked = box.checked || ticked.has(box.value);
  keep();
});
