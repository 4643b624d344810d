// Lists from the keyboard: J and K choose among [data-row], Enter opens, and an opened thing keeps its list one key away.
import { isTyping } from "./page.js";

const MEMORY = "list";

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target)) return leaveField(event);
  if (document.querySelector("dialog[open]")) return;
  const step = { j: 1, J: 1, k: -1, K: -1 }[event.key];
  if (step) return walk(event, step);
  if (event.key === "Enter" && event.target === chosen()) return open(event);
  if (event.key === "Escape") return goBack(event);
});

document.addEventListener("click", (event) => {
  const row = event.target.closest("[data-row]");
  if (row && event.target.closest("a[href]")) rememberList(row);
});

const rows = () => [...document.querySelectorAll("[data-row]")];
const chosen = () => document.querySelector("[data-row][aria-selected=true]");
const link = (row) => row.querySelector("a[data-open]") ?? row.querySelector("a[href]");

function leaveField(event) {
  if (event.key === "Escape" && !event.target.closest("dialog")) event.target.blur();
}

function walk(event, step) {
  const all = rows();
  if (!all.length) return visitNeighbour(event, step);
  event.preventDefault();
  const at = all.indexOf(chosen());
  choose(all[Math.min(Math.max(at + step, 0), all.length - 1)]);
}

function choose(row) {
  chosen()?.removeAttribute("aria-selected");
  row.setAttribute("aria-selected", "true");
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function open(event) {
  const target = link(event.target);
  if (!target) return;
  event.preventDefault();
  target.click();
}

function rememberList(row) {
  const hrefs = rows().map((each) => link(each)?.getAttribute("href")).filter(Boolean);
  sessionStorage.setItem(MEMORY, JSON.stringify({ from: location.href, hrefs: [...new Set(hrefs)] }));
}

function listHere() {
  const list = JSON.parse(sessionStorage.getItem(MEMORY) ?? "null");
  return list?.hrefs.includes(location.pathname) ? list : null;
}

function visitNeighbour(event, step) {
  const list = listHere();
  const next = list?.hrefs[list.hrefs.indexOf(location.pathname) + step];
  if (!next) return;
  event.preventDefault();
  location.assign(next);
}

function goBack(event) {
  const list = listHere();
  if (!list) return;
  event.preventDefault();
  sessionStorage.setItem("row", location.pathname);
  location.assign(list.from);
}

const cameFrom = sessionStorage.getItem("row");
if (cameFrom) {
  sessionStorage.removeItem("row");
  const row = rows().find((each) => link(each)?.getAttribute("href") === cameFrom);
  if (row) choose(row);
}
