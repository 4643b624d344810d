// Registering: a found customer is chosen, steps of listening light up, similar cases are asked for after a pause.
import htmx from "htmx.org";
import { whenShown } from "./page.js";

const form = document.getElementById("registration");
let pause = null;
const late = new Set(); // searches whose answer, still on its way, may not replace what was chosen

form?.addEventListener("click", ({ target }) => {
  const hit = target.closest("[data-choose-customer]");
  if (hit) choose(hit.dataset.chooseCustomer);
  const order = target.closest("[data-choose-order]");
  if (order) chooseOrder(order);
});

form?.addEventListener("input", ({ target }) => {
  if (target.name !== "description") return;
  clearTimeout(pause);
  pause = setTimeout(() => htmx.trigger(document.body, "similar-wanted"), 700);
});

form?.addEventListener("change", ({ target }) => {
  if (target.name === "category") late.add("category-search");
  if (target.type === "checkbox") target.closest("section")?.querySelector(".step-head")?.classList.toggle("is-ahead", !target.checked);
});

/** What was typed before this script was there is searched for as well. */
whenShown("#caller-search", ([search]) => search.value && htmx.trigger(search, "search"));

form?.addEventListener("htmx:configRequest", ({ detail }) => late.delete(detail.elt.id));
form?.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (late.has(detail.requestConfig.elt.id)) detail.shouldSwap = false;
});

function choose(number) {
  late.add("caller-search");
  form.elements.customer.value = number;
  form.elements.customer.dispatchEvent(new Event("input", { bubbles: true }));
  form.elements.description.focus();
}

function chooseOrder({ dataset }) {
  form.elements.order_number.value = dataset.chooseOrder;
  if (dataset.product) form.elements.product.value = dataset.product;
  form.elements.order_number.dispatchEvent(new Event("input", { bubbles: true }));
}
