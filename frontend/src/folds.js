import { whenShown } from "./page.js";

// On a phone the filters of a list wait behind one button, which says how many of them are set.
function countSet(fold) {
  const fields = [...fold.form.elements];
  const folded = fields.slice(fields.indexOf(fold) + 1);
  const set = folded.filter((field) => (field.matches("select") ? field.selectedIndex > 0 : field.matches("input") && field.value));
  const count = fold.querySelector(".count");
  count.textContent = set.length || "";
  count.hidden = !set.length;
}

document.addEventListener("click", ({ target }) => {
  const fold = target.closest?.("[data-folds]");
  if (fold) fold.setAttribute("aria-expanded", String(fold.getAttribute("aria-expanded") === "false"));
});

for (const changed of ["input", "change"]) {
  document.addEventListener(changed, ({ target }) => {
    const fold = target.form?.querySelector("[data-folds]");
    if (fold) countSet(fold);
  });
}
whenShown("[data-folds]", (folds) => folds.forEach(countSet));
