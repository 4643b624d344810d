// Finding the caller: hits are walked by arrows, one is chosen; words nobody is known by begin a new customer.
import htmx from "htmx.org";
import { whenShown } from "./page.js";

const SEARCH = "#caller-search"; // its data say which words are answered, and whether Enter came before their hits

/** What was typed before this script was there is searched for as well. */
whenShown(SEARCH, ([search]) => search.value && htmx.trigger(search, "search"));

document.addEventListener("click", ({ target }) => {
  const hit = target.closest("[data-choose-customer]");
  if (hit?.form) choose(hit.form, hit.dataset.chooseCustomer);
});

document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (event.isComposing || event.ctrlKey || event.metaKey || !target.matches?.(`${SEARCH}, [data-choose-customer]`)) return;
  if (key === "Enter" && target.matches(SEARCH)) {
    event.preventDefault();
    takeFirst(target);
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (step) walk(event, step);
});

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.elt.matches(SEARCH)) delete detail.elt.dataset.chosen;
});
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.requestConfig.elt.matches(`${SEARCH}[data-chosen]`)) detail.shouldSwap = false; // late: one was chosen
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const search = detail.elt;
  if (!search.matches(SEARCH) || !detail.successful) return;
  search.dataset.answered = search.value;
  if (search.dataset.wanted) takeFirst(search);
});

function takeFirst(search) {
  const typed = search.value.trim();
  delete search.dataset.wanted;
  if (!typed || search.dataset.chosen) return;
  if (search.dataset.answered !== search.value) {
    search.dataset.wanted = "yes";
    return htmx.trigger(search, "search");
  }
  const [first] = hitsOf(search.form);
  return first ? first.click() : enterAsNew(search.form, typed);
}

function enterAsNew(form, typed) {
  const { caller_phone: phone, caller_name: name } = form.elements;
  form.querySelector("[data-new-caller]").open = true;
  const isNumber = /^[\d\s+()-]{5,}$/.test(typed);
  (isNumber ? phone : name).value = typed;
  (isNumber ? name : phone).focus();
  phone.dispatchEvent(new Event("input", { bubbles: true }));
}

function walk(event, step) {
  const all = [event.target.form.querySelector(SEARCH), ...hitsOf(event.target.form)];
  const next = all[all.indexOf(event.target) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

const hitsOf = (form) => [...form.querySelectorAll("[data-choose-customer]")];

function choose(form, number) {
  form.querySelector(SEARCH).dataset.chosen = number;
  form.elements.customer.value = number;
  form.elements.customer.dispatchEvent(new Event("input", { bubbles: true }));
  (form.elements.description ?? form.querySelector("[type=submit]")).focus();
}
