// A form with data-draft-url keeps what is typed: it is sent there two seconds after the last change, every five seconds
// while one types on, and at once when the page is left. The form itself waits for a draft that is on its way: arriving
// after the form, it would bring back what has been sent.
import { csrfToken, say, whenShown } from "./page.js";

const PAUSE = 2000;
const LONGEST = 5000;
const SENT_WHILE_LEAVING = 20_000; // letters a browser still sends for a page that is gone
const unsaved = new Map(); // form → when its oldest unsaved change was made
const lost = new Set(); // forms whose last draft did not arrive
const onTheWay = new Map(); // form → the draft being sent

whenShown("form[data-draft-url]", (forms) => forms.forEach(keep));

function keep(form) {
  if (form.dataset.kept) return;
  form.dataset.kept = "yes";
  let timer = null;
  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(async () => (await save(form)) || later(PAUSE * 5), wait);
  };
  form.addEventListener("input", () => {
    if (!unsaved.has(form)) unsaved.set(form, Date.now());
    later(Math.max(0, Math.min(PAUSE, unsaved.get(form) + LONGEST - Date.now())));
  });
  const done = () => {
    clearTimeout(timer);
    unsaved.delete(form);
  };
  form.addEventListener("htmx:afterRequest", ({ detail }) => detail.elt === form && detail.successful && done());
  form.addEventListener("submit", (event) => form.hasAttribute("hx-post") || submitAfterDraft(event, done));
  window.addEventListener("online", () => lost.has(form) && later(0));
  form.addEventListener("htmx:confirm", (event) => event.detail.elt === form && sendAfterDraft(event));
}

function submitAfterDraft(event, done) {
  done();
  const form = event.target;
  if (!onTheWay.has(form)) return;
  event.preventDefault();
  onTheWay.get(form).then(() => form.requestSubmit(event.submitter));
}

function sendAfterDraft(event) {
  const draft = onTheWay.get(event.detail.elt);
  if (!draft) return;
  event.preventDefault();
  draft.then(() => event.detail.issueRequest());
}

/** Send the draft; true when nothing remains to be done. */
async function save(form, { leaving = false } = {}) {
  if (!form.isConnected) return unsaved.delete(form) || true;
  if (!unsaved.delete(form)) return true;
  const sending = send(form, leaving);
  onTheWay.set(form, sending);
  const kept = await sending;
  if (onTheWay.get(form) === sending) onTheWay.delete(form);
  lost[kept ? "delete" : "add"](form);
  if (!kept) unsaved.set(form, Date.now());
  const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: document.body.dataset.zone }).format();
  tell(form, kept ? say("draftSaved", { time }) : say("draftNotSaved"));
  return kept;
}

/** Resolve to whether the server has taken the draft; never reject. */
async function send(form, leaving) {
  const content = new FormData(form);
  for (const [name, value] of [...content]) if (value instanceof File) content.delete(name);
  const asked = { method: "POST", body: content, headers: { "X-CSRFToken": csrfToken() }, keepalive: leaving };
  try {
    const answer = await fetch(form.dataset.draftUrl, asked);
    return answer.ok && !answer.redirected;
  } catch {
    return false;
  }
}

function lengthOf(form) {
  return [...form.querySelectorAll("textarea")].reduce((sum, { value }) => sum + value.length, 0);
}

function tell(form, text) {
  const status = form.querySelector("[data-draft-status]") ?? document.querySelector(`[data-draft-status="${form.id}"]`);
  if (status) status.textContent = text;
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) for (const form of [...unsaved.keys()]) save(form, { leaving: true });
});

// A link that goes where the draft is wanted waits for it.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-after-saving]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  await Promise.all([...unsaved.keys()].map((form) => save(form)));
  await Promise.all(onTheWay.values());
  location.assign(link.href);
});

// What can still be sent while the page goes needs no question.
window.addEventListener("beforeunload", (event) => {
  const atRisk = (form) => form.isConnected && (lost.has(form) || lengthOf(form) > SENT_WHILE_LEAVING);
  if ([...unsaved.keys()].some(atRisk)) event.preventDefault();
});
