"""What screens need to know about clocks: faces for strips and lists, what somebody owes, and why a deadline is so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from huiying.deadlines import movement
from huiying.deadlines.arithmetic.deadline import Deadline, Span, holidays_unknown, reckon
from huiying.deadlines.arithmetic.explanation import (
    Line,
    LineKind,
    explain,
    pause_line,
    say_definition,
    say_moment,
    working_days,
)
from huiying.deadlines.arithmetic.units import Unit, say_time
from huiying.deadlines.catalogue import Catalogue, catalogue
from huiying.deadlines.holders import Held
from huiying.deadlines.models import Clock, Pause, Policy
from huiying.deadlines.models.policy import Recipient
from huiying.kit.times import remaining_in_words

SOON = 80
MOST_MET = 5


@dataclass(frozen=True, kw_only=True)
class ClockFace:
    """A clock as a strip or list shows it. `tone` is "", "soon", "late", "paused" or "met"; `percent` at most 100.

    `rang` says that it runs or stands still, and has called or warned somebody.
    """

    pk: int
    kind: str
    part_id: int
    name: str
    state: str
    tone: str
    remaining: str
    percent: int
    started_at: datetime
    due_at: datetime | None
    breached_at: datetime | None
    ended_at: datetime | None
    episode: int
    extendable: bool
    rang: bool


def clocks_of(subject: models.Model, *, now: datetime) -> list[ClockFace]:
    """Return the subject's live clocks, the next due first, then this episode's breaches and latest met ones.

    One statement.
    """
    shown = Q(state__in=Clock.LIVE) | Q(state=Clock.State.MET, episode=movement.episode_of(subject))
    clocks = list(Clock.objects.about(subject).filter(shown).by_urgency())
    live = [clock for clock in clocks if clock.is_live]
    breached = [clock for clock in clocks if not clock.is_live and clock.breached_at]
    met = [clock for clock in clocks if not clock.is_live and not clock.breached_at]
    return faces([*live, *breached, *met[-MOST_MET:]], now=now)


def history_of(subject: models.Model, *, now: datetime) -> list[ClockFace]:
    """Return every clock the subject ever had, oldest first."""
    return faces(Clock.objects.about(subject).order_by("started_at", "id"), now=now)


def owed_by(owner_id: int, *, of: type[models.Model]) -> models.QuerySet[Clock]:
    """Return a person's running clocks of one kind of subject, the next due first; only what a list shows of them."""
    owed = Clock.objects.running().filter(owner_id=owner_id, subject_type=of._meta.label_lower).order_by("due_at", "id")
    return owed.only("kind", "part_id", "subject_id", "policy_id", "due_at")


def name_of(clock: Clock) -> str:
    """Return what a clock is called, without asking the database."""
    return str(catalogue().policy(clock.policy_id))


def faces(clocks: Iterable[Clock], *, now: datetime) -> list[ClockFace]:
    known = catalogue()
    return [face(clock, known, now=now) for clock in clocks]


def face(clock: Clock, known: Catalogue, *, now: datetime) -> ClockFace:
    percent = percent_used(clock, known, now=now)
    return ClockFace(
        pk=clock.pk,
        kind=clock.kind,
        part_id=clock.part_id,
        name=str(known.policy(clock.policy_id)),
        state=clock.state,
        tone=tone(clock, percent, now=now),
        remaining=remaining(clock, known, now=now),
        percent=min(percent, 100),
        started_at=clock.started_at,
        due_at=clock.due_at,
        breached_at=clock.breached_at,
        ended_at=clock.ended_at,
        episode=clock.episode,
        extendable=clock.is_running and known.policy(clock.policy_id).extension is not None,
        rang=clock.is_live and clock.rungs_climbed > 0,
    )


def percent_used(clock: Clock, known: Catalogue, *, now: datetime) -> int:
    """Return the share of its time a clock has used, in its own unit (contract 14); may be over 100."""
    used = movement.used_by(clock, known, at=max(clock.ended_at or now, clock.started_at))
    if not clock.allowance:
        return 100 if clock.due_at is None or now >= clock.due_at else 0
    return int(used / clock.allowance * 100)


def tone(clock: Clock, percent: int, *, now: datetime) -> str:
    if clock.breached_at is not None or (clock.is_running and clock.due_at is not None and now > clock.due_at):
        return "late"
    if clock.state == Clock.State.PAUSED:
        return "paused"
    if not clock.is_live:
        return "met" if clock.state == Clock.State.MET else ""
    return "soon" if percent >= SOON else ""


def remaining(clock: Clock, known: Catalogue, *, now: datetime) -> str:
    """Say how long is left and who was called, or what became of the clock."""
    if clock.is_running and clock.due_at is not None:
        said = remaining_in_words(clock.due_at, now=now)
        called = called_in(clock, known)
        return _("%(said)s · escalated to %(to)s") % {"said": said, "to": called} if called else said
    if clock.state == Clock.State.MET:
        return _("met late") if clock.breached_at else _("met in time")
    return str(Clock.State(clock.state).label)


def called_in(clock: Clock, known: Catalogue) -> str:
    """Return whom the highest rung from 100 % on called, "" while there is none."""
    climbed = known.policy(clock.policy_id).rungs[: clock.rungs_climbed]
    called = [rung.to for rung in climbed if rung.percent >= 100]
    return str(Recipient(called[-1]).label) if called else ""


@dataclass(frozen=True, kw_only=True)
class Reason:
    label: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Why:
    """The answer to “why this deadline?”, line by line (contract 13)."""

    name: str
    due_at: datetime | None
    lines: list[Reason]


def why(clock: Clock, held: Sequence[Held] = ()) -> Why:
    """Reckon a clock's deadline again, showing every step, and who `held` it where it changed hands."""
    known = catalogue()
    policy = known.policy(clock.policy_id)
    pauses = list(clock.pauses.all())
    lines = [
        Reason(
            label=_("Policy"), text=_("%(name)s, version %(version)d") % {"name": policy, "version": policy.version}
        ),
        *(reason(line) for line in reckoning(clock, policy, pauses, known)),
        *outcome(clock, pauses, known),
        *(reason_held(part, policy.counted_in) for part in held if clock.stint_from is not None),
    ]
    return Why(name=str(policy), due_at=clock.due_at, lines=lines)


def reckoning(clock: Clock, policy: Policy, pauses: list[Pause], known: Catalogue) -> Iterable[Line]:
    """Return the arithmetic: whole from the start where the policy held all the time, else of what remained."""
    definition = movement.terms(clock, known)
    if policy.as_promised:
        return [Line(LineKind.DEFINITION, _("The moment was promised or agreed."))]
    spans = [Span(pause.started_at, pause.ended_at) for pause in pauses if pause.ended_at]
    deadline = reckon(definition, clock.started_at, spans)
    if clock.replanned_at is None:
        return explain(deadline)
    return remainder(clock, deadline, spans, known)


def remainder(clock: Clock, deadline: Deadline, spans: list[Span], known: Catalogue) -> Iterator[Line]:
    """Yield the lines of a clock that was re-planned: what was used before, and how the rest was counted."""
    definition, calendar = deadline.definition, deadline.definition.calendar
    yield Line(LineKind.DEFINITION, say_definition(definition))
    yield Line(LineKind.START, _("Starts %(moment)s.") % {"moment": say_moment(calendar.local(clock.started_at))})
    yield from (pause_line(span, definition) for span in spans)
    if clock.counted_from is None or clock.due_at is None:
        return
    words = {
        "moment": say_moment(calendar.local(clock.counted_from)),
        "used": used_in_words(clock.used, definition.unit),
        "left": used_in_words(max(clock.allowance - clock.used, timedelta()), definition.unit),
    }
    yield Line(
        LineKind.START,
        _("Planned anew %(moment)s: %(used)s were used, %(left)s remained and count from there.") % words,
    )
    if definition.unit is Unit.WORKING:
        yield from working_days(clock.counted_from, clock.due_at, calendar)
    yield Line(LineKind.DUE, _("Due %(moment)s.") % {"moment": say_moment(calendar.local(clock.due_at))})
    if definition.unit is Unit.WORKING:
        years = calendar.unknown_years(clock.counted_from, clock.due_at)
        yield from (Line(LineKind.WARNING, warning) for warning in holidays_unknown(years))


def used_in_words(time: timedelta, unit: Unit) -> str:
    return _("%(n)d days") % {"n": time.days} if unit is Unit.STATUTORY else say_time(time)


def outcome(clock: Clock, pauses: list[Pause], known: Catalogue) -> Iterator[Reason]:
    """Yield what became of the deadline: standing still, missed, ended."""
    calendar = known.calendar(clock.calendar_id)
    for pause in pauses:
        if pause.ended_at is None:
            words = {
                "since": say_moment(calendar.local(pause.started_at)),
                "reason": pause.get_reason_display(),
                "until": say_moment(calendar.local(pause.cap_at)),
            }
            text = _("since %(since)s: %(reason)s; at the latest until %(until)s") % words
            yield Reason(label=_("Stands still"), text=text)
    if clock.breached_at is not None:
        yield Reason(label=_("Missed"), text=say_moment(calendar.local(clock.breached_at)))
    if clock.ended_at is not None:
        yield Reason(label=str(Clock.State(clock.state).label), text=say_moment(calendar.local(clock.ended_at)))


def reason_held(held: Held, unit: Unit) -> Reason:
    words = {"who": held.who or _("nobody yet"), "department": held.department, "used": used_in_words(held.used, unit)}
    words["percent"] = str(held.percent)
    text = (
        _("%(who)s (%(department)s) used %(used)s, %(percent)s%%")
        if held.department
        else _("%(who)s used %(used)s, %(percent)s%%")
    )
    return Reason(label=_("Held by"), text=text % words)


def reason(line: Line) -> Reason:
    if line.kind is LineKind.DAY and line.counted:
        words = {"text": line.text, "counted": line.counted_said, "total": line.total_said}
        return Reason(label=_("Counted"), text=_("%(text)s: %(counted)s, %(total)s so far") % words)
    if line.kind is LineKind.PAUSE:
        words = {"text": line.text, "lost": line.counted_said}
        return Reason(label=_("Pause"), text=_("%(text)s (%(lost)s not counted)") % words)
    return Reason(label=label_of(line.kind), text=line.text)


def label_of(kind: LineKind) -> str:
    return {
        LineKind.DEFINITION: _("Rule"),
        LineKind.START: _("Start"),
        LineKind.DAY: _("Counted"),
        LineKind.CLOSED: _("Days off"),
        LineKind.DUE: _("Due"),
    }.get(kind, _("Note"))
