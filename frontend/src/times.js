// Remaining times go on while the page stays open: <time data-due="…"> is worded anew every twenty seconds.
import { say, whenShown } from "./page.js";

const MINUTE = 60_000;

function reword(time) {
  if (time.dataset.due === undefined) return;
  const left = new Date(time.dateTime).getTime() - Date.now();
  const text = time.dataset.due === "short" ? inShort(left) : inWords(left);
  if (time.textContent !== text) time.textContent = text;
  if (left < 0) time.closest(".pill, .clock, .ticket, .slot")?.classList.add("is-late");
}

const inWords = (left) => say(left < 0 ? "overdueBy" : "timeLeft", { span: span(Math.abs(left)) });

function inShort(left) {
  const length = Math.abs(left);
  const unit = [1440, 60].map((minutes) => minutes * MINUTE).find((each) => length >= each) ?? MINUTE;
  const text = span(length - (length % unit));
  return left < 0 ? say("overBy", { span: text }) : text;
}

/** A length in words, the same words as huiying.kit.times.span_in_words. */
export function span(length) {
  const minutes = Math.floor(length / MINUTE);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (minutes < 1) return say("moment");
  if (hours < 1) return say("minutes", { minutes });
  if (days < 1) return minutes % 60 ? say("hoursMinutes", { hours, minutes: String(minutes % 60).padStart(2, "0") }) : say("hours", { hours });
  if (days < 7 && hours % 24) return say("daysHours", { days, hours: hours % 24 });
  return say("days", { days });
}

const rewordAll = () => document.querySelectorAll("time[data-due]").forEach(reword);
setInterval(() => document.hidden || rewordAll(), 20_000);
document.addEventListener("visibilitychange", () => document.hidden || rewordAll());
whenShown("time[data-due]", (times) => times.forEach(reword));
