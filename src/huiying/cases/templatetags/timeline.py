"""Drawing a timeline: what was said and done never changes, so it is drawn once for each language and day."""

from __future__ import annotations

from django import template
from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from huiying.cases.queries.timeline import Item

register = template.Library()
A_DAY = 24 * 60 * 60


@register.simple_tag
def drawn(item: Item) -> SafeString:
    """Draw an item without attachments; from the cache where this process has drawn it today."""
    marks = (item.loud, item.automatic, item.undelivered, item.origin, item.went_to, item.split_at)
    shown = (item.key, item.at, item.text, item.who, item.channel, item.detail, *marks)
    key = f"timeline:{hash(shown)}:{get_language()}:{timezone.localdate():%Y%m%d}"
    cache = caches["local"]
    kept: str | None = cache.get(key)
    if kept is None:
        kept = render_to_string(item.template, {"item": item})
        cache.set(key, kept, A_DAY)
    return mark_safe(kept)
