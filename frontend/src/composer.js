// The composer speaks to the customer or to colleagues; which of both is never in doubt. The timeline stays at its end.
import { whenShown } from "./page.js";

document.addEventListener("click", ({ target }) => {
  const tab = target.closest("[data-composes]");
  if (tab) compose(tab.closest("[data-composer]"), tab.dataset.composes);
});

function compose(form, reader) {
  const internal = reader === "internal";
  const address = internal ? form.dataset.internal : form.dataset.toCustomer;
  form.classList.toggle("is-internal", internal);
  form.setAttribute("action", address);
  form.setAttribute("hx-post", address);
  window.htmx.process(form);
  for (const tab of form.querySelectorAll("[data-composes]")) tab.setAttribute("aria-selected", String(tab.dataset.composes === reader));
  for (const part of form.querySelectorAll("[data-customer-only]")) part.hidden = internal;
  form.elements.internal.value = internal ? "yes" : "";
  const words = form.querySelector("textarea");
  words.placeholder = internal ? words.dataset.placeholderInternal : words.dataset.placeholderCustomer;
  words.focus();
}

whenShown("[data-follows]", (lists) => lists.forEach((list) => (list.scrollTop = list.scrollHeight)));

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-prints]")) window.print();
});
