// Dialogs: what htmx puts into #sheet opens as a side sheet; "close-sheet" from the server closes it.
import htmx from "htmx.org";

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const sheet = detail.target;
  if (!sheet.matches?.("dialog#sheet")) return; // parts within a sheet leave the cursor where it is
  if (!sheet.innerHTML.trim()) return sheet.close();
  if (!sheet.open) sheet.showModal();
  (sheet.querySelector("[autofocus], [aria-invalid=true]") ?? sheet.querySelector("input:not([type=hidden]), textarea, select"))?.focus();
});

document.addEventListener("close-sheet", () => {
  document.getElementById("sheet")?.close();
  leave(document.querySelector("[data-closes-to]"));
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  const dialog = event.target.closest("dialog");
  const closer = event.target.closest("[data-closes]");
  if (closer) dialog ? dialog.close() : leave(closer.closest("[data-closes-to]"));
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

// A sheet opened as a page of its own has nothing to close: it goes to what it is about.
function leave(page) {
  if (page) window.location.assign(page.dataset.closesTo);
}
