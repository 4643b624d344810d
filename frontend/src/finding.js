import { whenShown } from "./page.js";

// A long list of boxes found by typing: by what stands there, or by how it is read. What is ticked stays in sight.
document.addEventListener("input", ({ target }) => {
  if (!target.matches?.("[data-finds]")) return;
  const wanted = target.value.trim().toLowerCase();
  const list = target.closest(".searched");
  for (const box of list.querySelectorAll("[data-keys]")) {
    box.closest("label").hidden = !box.checked && !box.dataset.keys.includes(wanted);
  }
  const shows = (group) => [...group.querySelectorAll("label")].some((label) => !label.hidden);
  const groups = [...list.querySelectorAll("[data-found-group]")];
  for (const group of groups) group.hidden = !shows(group);
  list.querySelector("[data-found-none]").hidden = groups.some((group) => !group.hidden);
});

// Who is chosen is named above the list, however long it is.
function nameChosen(list) {
  const names = [...list.querySelectorAll("[data-keys]:checked")].map((box) => box.closest("label").textContent.trim());
  const line = list.querySelector("[data-found-chosen]");
  line.hidden = !names.length;
  line.lastElementChild.textContent = new Intl.ListFormat(document.documentElement.lang).format(names);
}

document.addEventListener("change", ({ target }) => target.matches?.("[data-keys]") && nameChosen(target.closest(".searched")));
whenShown(".searched", (lists) => lists.forEach(nameChosen));

// Enter looks, it does not send the form.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches?.("[data-finds]")) event.preventDefault();
});
