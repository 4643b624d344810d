import { whenShown } from "./page.js";

// On a narrow screen the tabs scroll sideways: the one where one is shall be in sight.
whenShown(".tabs [aria-current]", (tabs) => {
  for (const tab of tabs) {
    const row = tab.parentElement;
    row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  }
});
