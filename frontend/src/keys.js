// Every action has a key: data-key="n" on a link, button or field presses or focuses it; ? lists what this page knows.
import { isTyping, isVisible } from "./page.js";

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return submitHere(event);
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]") && event.key !== "?") return;
  if (event.key === "?") return showKeys(event);
  const owner = ownerOf(event.key);
  if (!owner) return;
  event.preventDefault();
  press(owner);
});

function submitHere(event) {
  const form = event.target.closest?.("form") ?? document.querySelector("form[data-main]");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit();
}

function ownerOf(key) {
  const wanted = key.length === 1 ? key.toLowerCase() : key;
  return [...document.querySelectorAll("[data-key]")].find((owner) => owner.dataset.key === wanted && isReachable(owner));
}

/** What lies in a closed menu has its key all the same. */
function isReachable(owner) {
  return isVisible(owner.closest("details.menu") ?? owner);
}

function press(owner) {
  if (owner.matches("input:not([type=submit]), textarea, select")) return owner.focus();
  owner.click();
}

function showKeys(event) {
  const sheet = document.getElementById("keys");
  if (!sheet || sheet.open) return;
  event.preventDefault();
  const list = sheet.querySelector("[data-keys-here]");
  list.replaceChildren(...keysHere());
  sheet.showModal();
}

function keysHere() {
  const owners = [...document.querySelectorAll("[data-key]")].filter(isReachable);
  return owners.map((owner) => {
    const line = document.createElement("div");
    const name = document.createElement("span");
    const key = document.createElement("kbd");
    name.textContent = owner.dataset.keyLabel ?? owner.getAttribute("aria-label") ?? wordsOf(owner);
    key.textContent = owner.dataset.key.toUpperCase();
    line.append(name, key);
    return line;
  });
}

function wordsOf(owner) {
  const copy = owner.cloneNode(true);
  copy.querySelectorAll("kbd, svg").forEach((part) => part.remove());
  return copy.textContent.trim();
}
