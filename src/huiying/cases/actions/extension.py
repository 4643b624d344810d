"""More time for a deadline of a case: asked for, approved by somebody else, told to the customer (SPEC C6)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.assignment import ensure_open
from huiying.cases.actions.step import held, step
from huiying.cases.models import Case
from huiying.cases.policies import may_allow_more_time, may_ask_more_time
from huiying.deadlines.actions import ExtensionDraft, allow_extension, ask_extension, refuse_extension
from huiying.deadlines.models import Clock, Extension
from huiying.deadlines.verbs import EXTENDED, EXTENSION_ASKED, EXTENSION_REFUSED
from huiying.journal.actors import Actor
from huiying.kit.guards import ensure


@transaction.atomic
def ask_more_time(case: Case, clock: Clock, draft: ExtensionDraft, *, by: Actor, at: datetime) -> Extension:
    """Ask for more time on one of the case's clocks. Raises what `ask_extension` raises."""
    case = held(case)
    ensure_open(case)
    ensure(may_ask_more_time(by, case), _("You are not allowed to ask for more time."))
    asked = ask_extension(clock, draft, by=by.pk or 0, at=at)
    step(EXTENSION_ASKED, case, by=by, at=at, **facts_of(asked))
    return asked


@transaction.atomic
def allow_more_time(extension: Extension, case: Case, *, by: Actor, at: datetime, comment: str = "") -> Extension:
    """Approve; the deadline moves on and the customer learns of it."""
    case = held(case)
    ensure(may_allow_more_time(by, extension), _("Somebody else with the right to approve has to decide."))
    decided = allow_extension(extension, by=by.pk or 0, at=at, comment=comment)
    new, old = decided.due_after, decided.due_before
    moments = {"old": old.isoformat() if old else None, "new": new.isoformat() if new else None}
    step(EXTENDED, case, by=by, at=at, **facts_of(decided), **moments)
    return decided


@transaction.atomic
def refuse_more_time(extension: Extension, case: Case, *, by: Actor, at: datetime, comment: str) -> Extension:
    """Refuse with the reason why; the deadline stays."""
    case = held(case)
    ensure(may_allow_more_time(by, extension), _("Somebody else with the right to approve has to decide."))
    decided = refuse_extension(extension, by=by.pk or 0, at=at, comment=comment)
    step(EXTENSION_REFUSED, case, by=by, at=at, **facts_of(decided))
    return decided


def facts_of(extension: Extension) -> dict[str, object]:
    policy = extension.clock.policy
    return {
        "extension": extension.pk,
        "length": extension.length.code,
        "name": policy.name,
        "name_en": policy.name_en,
    }
