// Registering: a found customer is chosen, steps of listening light up, similar cases are asked for after a pause.
import htmx from "htmx.org";
import { whenShown } from "./page.js";

const form = document.getElementById("registration");
const caller = document.getElementById("caller-search");
const category = document.getElementById("category-search");
let pause = null;
let answered = ""; // the words whose hits are shown
let wanted = false; // Enter came before the hits
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

form?.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (event.isComposing || event.ctrlKey || event.metaKey) return;
  if (key === "Enter" && target.matches("input")) {
    event.preventDefault(); // a case is finished by its button or Ctrl+Enter, never by accident
    if (target === caller) takeFirstCaller();
    if (target === category) firstCategory()?.click();
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (step && (target === caller || target.matches("[data-choose-customer]"))) walkHits(event, step);
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

caller?.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.elt !== caller || !detail.successful) return;
  answered = caller.value;
  if (wanted) takeFirstCaller();
});

function takeFirstCaller() {
  wanted = Boolean(caller.value.trim()) && answered !== caller.value;
  if (wanted) return htmx.trigger(caller, "search");
  if (!caller.value.trim()) return;
  if (hits().length) return hits()[0].click();
  enterAsNew(caller.value.trim());
}

/** Nobody is known by these words: they begin the entry of a new customer. */
function enterAsNew(words) {
  const { caller_phone: phone, caller_name: name } = form.elements;
  form.querySelector("[data-new-caller]").open = true;
  const isNumber = /^[\d\s+()-]{5,}$/.test(words);
  (isNumber ? phone : name).value = words;
  (isNumber ? name : phone).focus();
  phone.dispatchEvent(new Event("input", { bubbles: true }));
}

function walkHits(event, step) {
  const all = [caller, ...hits()];
  const next = all[all.indexOf(event.target) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

const hits = () => [...form.querySelectorAll("[data-choose-customer]")];
const firstCategory = () => document.querySelector("#category-hits input[type=radio]:not([hidden])");

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
