// A form sent twice is a case registered twice: the second press of a plain form is ignored until the page answers.
import { tellNotSent } from "./exchange.js";

// Without a network the browser would put its own error page in place of what was typed.
document.addEventListener(
  "submit",
  (event) => {
    if (navigator.onLine || event.target.method === "dialog" || event.target.hasAttribute("hx-post")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    tellNotSent();
  },
  true,
);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog") return;
  if (form.dataset.sent) return event.preventDefault();
  if (form.dataset.confirm && !window.confirm(form.dataset.confirm)) return event.preventDefault();
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
});

document.addEventListener("change", ({ target }) => {
  if (target.closest("[data-submits]")) target.form?.requestSubmit();
});

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }
});
