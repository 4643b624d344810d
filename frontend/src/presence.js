// Who else has this case open: an element with data-presence="number" and data-presence-url says what one is doing
// here, every twenty seconds and whenever that changes, and shows what the others do.
import { csrfToken, whenShown } from "./page.js";

const EVERY = 20_000;
const STILL_TYPING = 4000;
let place = null;
let said = "";
let typedAt = 0;

whenShown("[data-presence]", ([found]) => {
  if (place) return;
  place = found;
  say("viewing");
  setInterval(() => document.hidden || say(doing()), EVERY);
});

/** Ask anew when the stream tells that somebody came, went or began to type. */
export function hearPresence({ number }) {
  if (place?.dataset.presence === number) say(doing());
}

function doing() {
  if (Date.now() - typedAt < STILL_TYPING) return "typing";
  return hasUnsent() ? "unsaved" : "viewing";
}

function hasUnsent() {
  return [...document.querySelectorAll("[data-composer] textarea, dialog#sheet textarea")].some(({ value }) => value.trim() !== "");
}

async function say(what) {
  said = what;
  const body = new URLSearchParams({ doing: what });
  try {
    const answer = await fetch(place.dataset.presenceUrl, { method: "POST", body, headers: { "X-CSRFToken": csrfToken() } });
    if (answer.ok && !answer.redirected && what !== "gone") place.innerHTML = await answer.text();
  } catch {
    place.replaceChildren(); // while the network is away nobody can be seen
  }
}

function sayIfNew() {
  if (place && doing() !== said) say(doing());
}

document.addEventListener("input", ({ target }) => {
  if (!place || !target.closest("[data-composer], dialog#sheet")) return;
  typedAt = Date.now();
  sayIfNew();
  setTimeout(sayIfNew, STILL_TYPING + 100);
});

window.addEventListener("pagehide", () => {
  if (!place) return;
  const body = new URLSearchParams({ doing: "gone" });
  fetch(place.dataset.presenceUrl, { method: "POST", body, keepalive: true, headers: { "X-CSRFToken": csrfToken() } });
});
