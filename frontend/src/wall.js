// The wall turns its pages by itself. Space or the button holds it, arrow keys turn it; it waits while somebody points.
import htmx from "htmx.org";
import { isTyping } from "./page.js";

const EVERY = 15_000;
const KEYS = { ArrowRight: "following", ArrowLeft: "preceding" };
let isHeld = false;
let turnedAt = Date.now();
let pointedAt = 0;

/** Show on a freshly drawn [data-wall] whether it is held (nothing before this runs); its button holds it and lets it go. */
export function prepareWall(wall) {
  const button = wall.querySelector("[data-wall-hold]");
  button.setAttribute("aria-pressed", isHeld);
  button.addEventListener("click", () => hold(!isHeld));
}

function hold(isOn) {
  isHeld = isOn;
  turnedAt = Date.now();
  document.querySelector("[data-wall-hold]")?.setAttribute("aria-pressed", isOn);
}

function turn(direction) {
  turnedAt = Date.now();
  htmx.ajax("GET", document.querySelector("[data-wall]").dataset[direction], { target: "#wall", swap: "outerHTML" });
}

const isDue = (now) => now - Math.max(turnedAt, pointedAt) >= EVERY;

setInterval(() => {
  if (!isHeld && !document.hidden && isDue(Date.now())) turn("following");
}, 1_000);

document.addEventListener("pointermove", () => (pointedAt = Date.now()));
document.addEventListener("keydown", (event) => {
  if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === " " && !event.target.closest("button, a")) {
    event.preventDefault();
    hold(!isHeld);
  } else if (event.key in KEYS) {
    turn(KEYS[event.key]);
  }
});
