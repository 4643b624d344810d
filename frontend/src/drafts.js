// A form with data-draft-url keeps what is typed: it is sent there two seconds after the last change.
import { csrfToken, say, whenShown } from "./page.js";

const PAUSE = 2000;
const unsaved = new Set();

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
    unsaved.add(form);
    later(PAUSE);
  });
  const done = () => {
    clearTimeout(timer);
    unsaved.delete(form);
  };
  form.addEventListener("htmx:afterRequest", ({ detail }) => detail.elt === form && detail.successful && done());
  form.addEventListener("submit", () => form.hasAttribute("hx-post") || done());
}

/** Send the draft; true when nothing remains to be done. */
async function save(form) {
  if (!form.isConnected) return unsaved.delete(form) || true;
  if (!unsaved.delete(form)) return true;
  const content = new FormData(form);
  for (const [name, value] of [...content]) if (value instanceof File) content.delete(name);
  try {
    const answer = await fetch(form.dataset.draftUrl, { method: "POST", body: content, headers: { "X-CSRFToken": csrfToken() } });
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
  } catch {
    unsaved.add(form);
    tell(form, say("draftNotSaved"));
    return false;
  }
  const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: document.body.dataset.zone }).format();
  tell(form, say("draftSaved", { time }));
  return true;
}

function tell(form, text) {
  const status = form.querySelector("[data-draft-status]") ?? document.querySelector(`[data-draft-status="${form.id}"]`);
  if (status) status.textContent = text;
}

window.addEventListener("beforeunload", (event) => {
  if (![...unsaved].some((form) => form.isConnected)) return;
  event.preventDefault();
});
