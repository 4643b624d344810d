"""What every page must pass: readable by assistive technology, and in Chinese to the last word."""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE = {"serious", "critical"}
LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]+")
LATIN_BY_NATURE = re.compile(r"\S*(?:\d|@|://|\.[a-z])\S*")  # numbers, addresses, models such as BCD-520
NAMES = {"VIP", "App", "AI", "API", "Excel", "CSV", "PDF", "JSON", "ISO", "QR", "Huiying", "English", "Cookie", "IP"}
PINYIN = {"wlyw"}  # an example of initials
KEYS = {"Ctrl", "Esc", "Enter", "Shift", "Tab"}
BROWSERS = {"Chrome", "Edge", "Firefox", "Safari", "WeChat", "Linux", "Windows", "macOS", "Android"}
ALLOWED = NAMES | PINYIN | KEYS | BROWSERS

# Text a person can see or hear, but for what customers and colleagues wrote themselves (lang="" or translate="no").
SEEN = """() => {
  const foreign = '[lang]:not(html, [lang^=zh]), [translate=no], .mono, code, script, style, template, kbd';
  const seen = (element) => !element.closest(foreign) && element.checkVisibility();
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (seen(walker.currentNode.parentElement)) texts.push(walker.currentNode.data);
  for (const element of document.querySelectorAll('[title], [placeholder], [aria-label], [alt]')) {
    if (!seen(element)) continue;
    for (const name of ['title', 'placeholder', 'aria-label', 'alt']) texts.push(element.getAttribute(name) ?? '');
  }
  return [document.title, ...texts].map((text) => text.trim()).filter(Boolean);
}"""


def assert_accessible(page: Page) -> None:
    """Fail with the rule and the place where axe-core finds something serious or critical."""
    found = Axe().run(page).response["violations"]
    grave = [
        f"{rule['id']}: {node['html'][:160]}" for rule in found if rule["impact"] in GRAVE for node in rule["nodes"]
    ]
    assert grave == [], "\n".join(grave)


def assert_chinese(page: Page, *, also: set[str] = frozenset()) -> None:
    """Fail where a visible text holds a Latin word that is no name; `also` allows more of them."""
    english = [text for text in page.evaluate(SEEN) if english_words(text) - ALLOWED - also]
    assert english == [], "\n".join(english)


def english_words(text: str) -> set[str]:
    return set(LATIN_WORD.findall(LATIN_BY_NATURE.sub(" ", text)))


def assert_no_sideways_scroll(page: Page) -> None:
    """Fail where the page is wider than its window."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def assert_icons_drawn(page: Page) -> None:
    """Fail where an icon is named that the sprite does not hold."""
    missing = page.evaluate(
        """() => [...document.querySelectorAll("svg.icon use")]
          .filter((use) => use.closest("svg").checkVisibility() && use.getBoundingClientRect().width === 0)
          .map((use) => use.getAttribute("href"))"""
    )
    assert missing == []


# Buttons that reach beyond the window or hold more than they show, but for those one can scroll to.
CUT_OFF = """() => {
  const canScroll = (element) => {
    for (let box = element.parentElement; box; box = box.parentElement)
      if (/auto|scroll/.test(getComputedStyle(box).overflowX) && box.scrollWidth > box.clientWidth) return true;
    return false;
  };
  const isCut = (button) => {
    const { left, right } = button.getBoundingClientRect();
    return ((left < -1 || right > innerWidth + 1) && !canScroll(button)) || button.scrollWidth > button.clientWidth + 1;
  };
  const buttons = [...document.querySelectorAll('button, .btn, summary')].filter((button) => button.checkVisibility());
  return buttons.filter(isCut).map((button) => button.outerHTML.slice(0, 200));
}"""


def assert_nothing_cut_off(page: Page) -> None:
    """Fail where a button does not show the whole of itself."""
    cut = page.evaluate(CUT_OFF)
    assert cut == [], "\n".join(cut)
