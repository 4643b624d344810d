// Words in braces beside a text: a press puts one where the cursor stands, in the subject or the text.
let field = null;

document.addEventListener("focusin", ({ target }) => {
  if (target.matches?.("#id_subject, #id_text")) field = target;
});

document.addEventListener("click", ({ target }) => {
  const chip = target.closest?.("[data-inserts]");
  if (!chip) return;
  const into = field?.isConnected ? field : document.getElementById(chip.closest("[data-placeholders]").dataset.placeholders);
  into.setRangeText(chip.dataset.inserts, into.selectionStart, into.selectionEnd, "end");
  into.focus();
  into.dispatchEvent(new Event("input", { bubbles: true }));
});
