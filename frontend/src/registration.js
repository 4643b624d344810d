// Registering: a found customer is chosen, steps of listening light up, similar cases are asked for after a pause.
import htmx from "htmx.org";

const form = document.getElementById("registration");
let pause = null;

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
  if (target.type === "checkbox") target.closest("section")?.querySelector(".step-head")?.classList.toggle("is-ahead", !target.checked);
});

function choose(number) {
  form.elements.customer.value = number;
  form.elements.customer.dispatchEvent(new Event("input", { bubbles: true }));
  form.elements.description.focus();
}

function chooseOrder({ dataset }) {
  form.elements.order_number.value = dataset.chooseOrder;
  if (dataset.product) form.elements.product.value = dataset.product;
  form.elements.order_number.dispatchEvent(new Event("input", { bubbles: true }));
}
