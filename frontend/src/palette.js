// Ctrl/⌘ K: go to, find, do. The server answers each search with a fragment of links.
import htmx from "htmx.org";

const palette = document.getElementById("palette");

document.addEventListener("keydown", (event) => {
  if (!palette || event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  if (palette.open) return palette.close();
  palette.showModal();
  palette.querySelector("input").select();
  htmx.trigger(palette.querySelector("[data-found]"), "opened");
});

palette?.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    move(step);
  }
  if (event.key === "Enter" && !event.isComposing) {
    event.preventDefault();
    (found().find(isChosen) ?? found()[0])?.click();
  }
});

palette?.addEventListener("htmx:afterSwap", () => choose(found()[0]));

const found = () => [...palette.querySelectorAll("[data-found] a, [data-found] button")];
const isChosen = (entry) => entry.getAttribute("aria-selected") === "true";

function move(step) {
  const all = found();
  choose(all[(all.findIndex(isChosen) + step + all.length) % all.length]);
}

function choose(entry) {
  found().forEach((other) => other.removeAttribute("aria-selected"));
  entry?.setAttribute("aria-selected", "true");
  entry?.scrollIntoView({ block: "nearest" });
}
