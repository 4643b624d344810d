"""Tags and filters that every template has without loading them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from huiying.kit import masking, times
from huiying.kit.bundle import bundle_url
from huiying.kit.pinyin import initials
from huiying.kit.text import browser_name, folded
from huiying.kit.words import script_words

register = template.Library()
register.simple_tag(bundle_url, name="bundle")


@register.simple_tag
@lru_cache(maxsize=1024)  # a page draws dozens, always the same
def icon(name: str, title: str = "") -> SafeString:
    """Draw a Tabler icon; with a title it is read aloud, without one it is ornament."""
    drawing = f"{bundle_url('icons.svg')}#{name}"
    if title:
        shape = '<svg class="icon" role="img" aria-label="{}"><title>{}</title><use href="{}"></use></svg>'
        return format_html(shape, title, title, drawing)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', drawing)


@register.simple_tag
def avatar(name: str, size: str = "") -> SafeString:
    """Draw a person as the first character of their name; size is "", "small" or "large"."""
    letter = (name.strip()[:1] or "?").upper()
    kind = f"avatar avatar-{size}" if size else "avatar"
    return format_html('<span class="{}" aria-hidden="true">{}</span>', kind, letter)


@register.simple_tag
def words() -> SafeString:
    """Hand the translated words to the page's scripts, as data."""
    return json_script(script_words(), "words")


@register.filter
def remaining(due: datetime | None) -> SafeString | str:
    """Say how long is left or since when it is overdue; the page keeps counting."""
    if due is None:
        return ""
    text = times.remaining_in_words(due, now=timezone.now())
    shape = '<time datetime="{}" title="{}" data-due>{}</time>'
    return format_html(shape, due.isoformat(), times.whole_moment(due), text)


@register.filter
def remaining_short(due: datetime | None) -> SafeString | str:
    """Say the same in one unit, for cards."""
    if due is None:
        return ""
    text = times.remaining_in_short(due, now=timezone.now())
    shape = '<time datetime="{}" title="{}" data-due="short">{}</time>'
    return format_html(shape, due.isoformat(), times.whole_moment(due), text)


@register.filter
def tone(due: datetime | None) -> str:
    """Say in which tone a deadline is drawn: "late", "soon" or ""."""
    return times.tone_of(due, now=timezone.now())


@register.simple_tag
def due_pill(due: datetime | None, length: str = "") -> SafeString | str:
    """Draw a deadline: an icon, how long is left, and a colour when it is near or past; length "short" for cards."""
    if due is None:
        return ""
    kind = tone(due)
    look = f"pill pill-{kind}" if kind else "pill"
    said = remaining_short(due) if length == "short" else remaining(due)
    return format_html(
        '<span class="{}">{}{}</span>', look, icon("alert-triangle" if kind == "late" else "clock"), said
    )


@register.filter
def when(moment: datetime | None) -> SafeString | str:
    """Say a moment as people do, the whole of it on hover."""
    if moment is None:
        return ""
    text = times.moment_in_words(moment, now=timezone.now())
    return format_html('<time datetime="{}" title="{}">{}</time>', moment.isoformat(), times.whole_moment(moment), text)


@register.filter
def when_text(moment: datetime | None) -> str:
    """Say a moment without mark-up, for attributes and sentences."""
    return "" if moment is None else times.moment_in_words(moment, now=timezone.now())


@register.filter
def day(value: date | None) -> str:
    """Say a day as people do."""
    return "" if value is None else times.day_in_words(value, today=timezone.localdate())


@register.filter
def span(length: timedelta | None) -> str:
    """Say a length of time."""
    return "" if length is None else times.span_in_words(length)


@register.filter
def age(since: datetime | None) -> str:
    """Say in one unit how long ago a moment was."""
    return "" if since is None else times.span_in_short(timezone.now() - since)


@register.filter
def money(amount: Decimal | float | None) -> str:
    """Say an amount with its unit and without empty cents."""
    if amount is None:
        return ""
    written = f"{Decimal(str(amount)):,.2f}".removesuffix(".00")
    return _("CNY %(amount)s") % {"amount": written}


@register.filter
def answers_to(name: object, words: str) -> bool:
    """Say whether what one types means this name: a part of it, or the first letters of its characters."""
    wanted = folded(words).strip()
    return not wanted or wanted in folded(str(name)) or initials(str(name)).startswith(wanted)


register.filter("mask_phone", masking.mask_phone)
register.filter("mask_email", masking.mask_email)
register.filter("browser", browser_name)


@register.filter
def marked(text: str, words: Sequence[str]) -> SafeString | str:
    """Mark where one of the words stands in the text."""
    if not words:
        return text
    pattern = re.compile("|".join(re.escape(word) for word in words), re.IGNORECASE)
    parts = pattern.split(text), [*pattern.findall(text), ""]
    return format_html_join("", "{}{}", ((rest, _mark(found)) for rest, found in zip(*parts, strict=True)))


def _mark(found: str) -> SafeString | str:
    return format_html("<mark>{}</mark>", found) if found else ""
