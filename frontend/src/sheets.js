// Dialogs: what htmx puts into #sheet opens as a side sheet; "close-sheet" from the server closes it.
import htmx from "htmx.org";

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const sheet = detail.target;
  if (!sheet.matches?.("dialog#sheet")) return; // parts within a sheet leave the cursor where it is
  if (!sheet.innerHTML.trim()) return sheet.close();
  if (!sheet.open) sheet.showModal();
  (sheet.querySelector("[autofocus], [aria-invalid=true]") ?? sheet.querySelector("input:not([type=hidden]), textarea, select"))?.focus();
});

document.addEventListener("close-sheet", () => document.getElementById("sheet")?.close());

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  const dialog = event.target.closest("dialog");
  if (event.target.closest("[data-closes]")) dialog?.close();
  if (event.target === dialog && !dialog.querySelector("form:not([method=dialog])")) dialog.close(); // the shade beside it
});

document.addEventListener(
  "close",
  ({ target }) => {
    if (target.id === "sheet") target.replaceChildren();
    htmx.trigger(document.body, "sheet-closed");
  },
  true,
);
