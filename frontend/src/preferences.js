// What the reader likes, remembered in cookies so that the server draws the page right at once: theme, width of the rail.
import { remember } from "./page.js";

const MEDIA = { auto: "(prefers-color-scheme: dark)", dark: "all", light: "not all" };

document.addEventListener("click", (event) => {
  const theme = event.target.closest("[data-theme-choice]");
  if (theme) chooseTheme(theme.dataset.themeChoice);
  if (event.target.closest("[data-rail-toggle]")) toggleRail();
});

function chooseTheme(choice) {
  document.getElementById("night").media = MEDIA[choice];
  for (const each of document.querySelectorAll("[data-theme-choice]")) {
    each.setAttribute("aria-pressed", String(each.dataset.themeChoice === choice));
  }
  remember("theme", choice);
}

function toggleRail() {
  const open = document.body.dataset.rail !== "open";
  document.body.dataset.rail = open ? "open" : "narrow";
  document.querySelector("[data-rail-toggle]").setAttribute("aria-expanded", String(open));
  remember("rail", open ? "open" : "narrow");
}
