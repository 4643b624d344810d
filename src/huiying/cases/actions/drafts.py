"""Keeping what was typed: one draft per person and place (SPEC K7). A draft is nobody's deed, so no journal line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from huiying.cases.models import KeptDraft
from huiying.kit.guards import BadInput

LONGEST = 60_000


def keep_draft(place: str, content: Mapping[str, str], *, by: int, at: datetime) -> None:
    """Keep the content for a person (their key), replacing what was kept before; an empty form forgets it."""
    filled = {name: value for name, value in content.items() if value}
    if sum(map(len, filled.values())) > LONGEST:
        raise BadInput(_("This is too long to keep as a draft."))
    if not filled:
        discard_draft(place, by=by)
        return
    KeptDraft.objects.update_or_create(user_id=by, place=place[:80], defaults={"content": filled, "saved_at": at})


def drafts_like(place: str, *, by: int) -> list[KeptDraft]:
    """Return a person's drafts of this place and of those whose names begin with it, oldest first."""
    return list(KeptDraft.objects.filter(user_id=by, place__startswith=place).order_by("saved_at", "id"))


def kept_draft(place: str, *, by: int) -> dict[str, str]:
    kept = KeptDraft.objects.filter(user_id=by, place=place[:80]).values_list("content", flat=True).first()
    return dict(kept or {})


def discard_draft(place: str, *, by: int) -> None:
    KeptDraft.objects.filter(user_id=by, place=place[:80]).delete()
