// Registering: steps of listening light up, categories are chosen, similar cases are asked for after a pause.
import htmx from "htmx.org";

const form = document.getElementById("registration");
const category = document.getElementById("category-search");
let pause = null;
let late = false; // a search whose answer is still on its way may not replace the category that was chosen

form?.addEventListener("click", ({ target }) => {
  const order = target.closest("[data-choose-order]");
  if (order) chooseOrder(order);
});

form?.addEventListener("input", ({ target }) => {
  if (target.name !== "description") return;
  clearTimeout(pause);
  pause = setTimeout(() => htmx.trigger(document.body, "similar-wanted"), 700);
});

form?.addEventListener("change", ({ target }) => {
  if (target.name === "category") late = true;
  if (target.type === "checkbox") target.closest("section")?.querySelector(".step-head")?.classList.toggle("is-ahead", !target.checked);
});

category?.addEventListener("htmx:configRequest", () => (late = false));
form?.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (late && detail.requestConfig.elt === category) detail.shouldSwap = false;
});

form?.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (event.isComposing || event.ctrlKey || event.metaKey) return;
  if (key === "Enter" && target.matches("input")) {
    event.preventDefault(); // a case is finished by its button or Ctrl+Enter, never by accident
    if (target === category) firstCategory()?.click();
  }
  if (key === "ArrowDown" && target === category && firstCategory()) {
    event.preventDefault();
    firstCategory().focus();
  }
});

// Proposals follow the customer's words, but never under the hand that is choosing.
category?.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.requestConfig.triggeringEvent?.type !== "similar-wanted") return;
  const shown = document.getElementById("category-hits");
  if (category.value || shown.matches(":hover, :focus-within") || shown.querySelector(":checked")) event.preventDefault();
});

const firstCategory = () => document.querySelector("#category-hits input[type=radio]:not([hidden])");

function chooseOrder({ dataset }) {
  form.elements.order_number.value = dataset.chooseOrder;
  if (dataset.product) form.elements.product.value = dataset.product;
  form.elements.order_number.dispatchEvent(new Event("input", { bubbles: true }));
}
