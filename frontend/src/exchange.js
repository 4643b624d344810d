// How htmx talks with the server: nothing evaluated, nothing kept in the browser, refusals shown where they belong.
import htmx from "htmx.org";
import { say } from "./page.js";
import { toast, withdraw } from "./toasts.js";

Object.assign(htmx.config, {
  allowEval: false,
  disableInheritance: true, // a button inside a part that is swapped whole would otherwise swap its target whole
  allowScriptTags: false,
  includeIndicatorStyles: false,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  scrollIntoViewOnBoost: false,
  defaultSettleDelay: 0, // what has been drawn can be pressed at once
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "409|422", swap: true, error: false },
    { code: "[45]..", swap: false, error: true },
  ],
});
window.htmx = htmx;

const spoken = new WeakSet(); // answers whose sentence arrived with them

document.addEventListener("htmx:beforeOnLoad", ({ detail }) => {
  if (/"say"/.test(detail.xhr.getResponseHeader("HX-Trigger") ?? "")) spoken.add(detail.xhr);
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const signIn = document.body.dataset.signIn;
  if (!signIn || location.pathname === signIn) return;
  if (new URL(event.detail.xhr.responseURL || location.href, location.href).pathname !== signIn) return;
  event.detail.shouldSwap = false;
  toast(say("signedOut"), { tone: "error" });
});

// Pressed twice, a button or form is sent once: htmx would keep the second press and send it after the first.
document.addEventListener("htmx:confirm", (event) => {
  const { elt } = event.detail;
  if (elt.matches("button, a, form") && elt.classList.contains("htmx-request")) event.preventDefault();
});

document.addEventListener("htmx:responseError", ({ detail }) => {
  if (!spoken.has(detail.xhr)) toast(say(detail.xhr.status === 404 ? "notFound" : "serverError"), { tone: "error" });
});

// An answer to what was asked after the failure: the server can be reached again.
const begun = new WeakMap(); // request → when it was sent
let failedAt = 0;

document.addEventListener("htmx:beforeSend", ({ detail }) => begun.set(detail.xhr, performance.now()));
document.addEventListener("htmx:afterOnLoad", ({ detail }) => begun.get(detail.xhr) > failedAt && withdraw(say("notSent")));

/** Say that nothing was sent; it stands until a later request is answered. */
export function tellNotSent() {
  failedAt = performance.now();
  toast(say("notSent"), { tone: "error" });
}

// What the page asks by itself may fail in silence: it will ask again.
const UNASKED = new Set(["live", "similar-wanted"]);

document.addEventListener("htmx:sendError", ({ detail }) => {
  if (!UNASKED.has(detail.requestConfig?.triggeringEvent?.type)) tellNotSent();
});
