"""What happened, why, and who answers for it (SPEC C7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.recusal import named_in, recuse
from huiying.cases.actions.step import ensure_timely, held, move, pass_through, step
from huiying.cases.lifecycle import Stage
from huiying.cases.models import Case, Category, Investigation, Share
from huiying.cases.policies import may_investigate
from huiying.cases.verbs import FOUND_OUT
from huiying.journal.actors import Actor
from huiying.kit.guards import BadInput, ensure
from huiying.staff.models import Department, User


@dataclass(frozen=True, kw_only=True)
class Findings:
    """The result of an investigation. `shares` are whole percents by department and add up to 100, or are left out.

    `complained_about` is somebody whom the investigation shows to be the one complained about.
    """

    facts: str
    cause: Category
    root_cause: str
    department: Department
    person: User | None = None
    shares: Mapping[Department, int] = field(default_factory=dict)
    complained_about: User | None = None


@transaction.atomic
def record_findings(case: Case, findings: Findings, *, by: Actor, at: datetime) -> Investigation:
    """Record facts, cause and responsibility; the case goes on to drafting a solution.

    Recording again before the solution is agreed replaces them; the journal keeps that it was done.
    """
    case = held(case)
    ensure(by.can("cases.work"))
    ensure_timely(may_investigate(by, case), _("Accept the case before you record an investigation."))
    ensure_complete(findings)
    if case.stage == Stage.ACCEPTED:
        pass_through(case, Stage.INVESTIGATING, by=by, at=at)
    found = write_findings(case, findings, by=by, at=at)
    if case.stage == Stage.INVESTIGATING:
        move(case, Stage.DRAFTING, at=at)
    step(FOUND_OUT, case, by=by, at=at, cause=findings.cause.code, department=findings.department.name)
    if findings.complained_about is not None and findings.complained_about.pk not in named_in(case):
        found.case = recuse(case, findings.complained_about, by=by, at=at).case
    return found


def ensure_complete(findings: Findings) -> None:
    if not findings.facts.strip():
        raise BadInput(_("Please record the facts."), field="facts")
    if not findings.root_cause.strip():
        raise BadInput(_("Please name the root cause."), field="root_cause")
    percents = list(findings.shares.values())
    if any(percent < 1 for percent in percents) or (percents and sum(percents) != 100):
        raise BadInput(
            _("The shares of responsibility must add up to 100%, not {sum}%.").format(sum=sum(percents)),
            field="shares",
        )


def write_findings(case: Case, findings: Findings, *, by: Actor, at: datetime) -> Investigation:
    found, _created = Investigation.objects.update_or_create(
        case=case,
        episode=case.episode,
        defaults={
            "facts": findings.facts.strip(),
            "cause": findings.cause,
            "root_cause": findings.root_cause.strip(),
            "department": findings.department,
            "person": findings.person,
            "recorded_by_id": by.pk if by.is_staff else None,
            "recorded_at": at,
        },
    )
    found.shares.all().delete()
    Share.objects.bulk_create(
        [
            Share(investigation=found, department=department, percent=percent)
            for department, percent in findings.shares.items()
        ]
    )
    return found
