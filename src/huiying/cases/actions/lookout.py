"""Looking out for group incidents: each new case is held against those of the last weeks (SPEC C12).

The heartbeat reads the journal on from where it was read last. Each process keeps what was said in memory and builds
that up again from the cases when it starts; what was found stands in the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.incident import decide, incident_step
from huiying.cases.detection import Emergence, Finding, Joining, Matter, Told, Watch
from huiying.cases.detection.watch import BASE, KEPT_AT_MOST, MATTER_SLEEPS_AFTER, WINDOW
from huiying.cases.models import Candidate, Case, Incident, Lookout, Membership, SuspectCase, Suspicion
from huiying.cases.policies import may_declare_incident
from huiying.cases.verbs import INCIDENT_CANDIDATE, REGISTERED, SUSPECTED, SUSPICION_DISMISSED, TAKEN_OVER
from huiying.journal.actors import CLOCKWORK, Actor
from huiying.journal.entries import record
from huiying.journal.models import Entry
from huiying.journal.tail import newest_id, settled
from huiying.kit.guards import BadInput, ensure
from huiying.kit.text import shortened
from huiying.kit.turns import take_turns

AT_ONCE = 500
TEXT_AT_MOST = 4_000
REMEMBERED_FOR = WINDOW + BASE
COLUMNS = ("customer_id", "caller_name", "subject", "description", "product", "occurred_where", "received_at")


class Watchman:
    """What one process remembers, and up to which journal entry."""

    def __init__(self) -> None:
        self.watch: Watch | None = None
        self.seen = 0

    def catch_up(self, *, until: int, now: datetime) -> Watch:
        """Return the watch with everything that was registered up to an entry."""
        if self.watch is None or self.watch.is_full:
            self.watch = Watch()
            for told in told_before(until, now=now):
                self.watch.remember(told)
        elif self.seen < until:
            for told in told_of(cases_of(Entry.objects.filter(id__gt=self.seen, id__lte=until))):
                self.watch.remember(told)
        self.seen = until
        return self.watch


WATCHMAN = Watchman()


def look_out(now: datetime, *, watchman: Watchman = WATCHMAN) -> int:
    """Examine what was registered since the last look; return how many journal entries were read."""
    lookout = Lookout.objects.first() or Lookout.objects.create(last_entry=newest_id())
    entries = settled(lookout.last_entry, now=now, at_most=AT_ONCE)
    if not entries:
        return 0
    findings = findings_in(entries, watchman, after=lookout.last_entry, now=now)
    with transaction.atomic():
        mine = Lookout.objects.filter(pk=lookout.pk, last_entry=lookout.last_entry)
        if not mine.update(last_entry=entries[-1].pk):
            return 0  # another heartbeat was faster
        for finding in findings:
            act_on(finding, at=now)
    return len(entries)


def findings_in(entries: list[Entry], watchman: Watchman, *, after: int, now: datetime) -> list[Finding]:
    """Examine the cases that were registered in these entries; nothing is written yet."""
    fresh = cases_of([entry for entry in entries if entry.verb == REGISTERED.code])
    if not fresh:
        return []
    watch = watchman.catch_up(until=after, now=now)
    watch.know(matters(now))
    found = [watch.examine(told) for told in told_of(fresh)]
    return [finding for finding in found if finding is not None]


def cases_of(entries: Iterable[Entry]) -> list[int]:
    """Return the keys of cases that these entries brought in, by hand or from a file."""
    came = {REGISTERED.code, TAKEN_OVER.code}
    return [entry.subject_id for entry in entries if entry.verb in came]


def told_before(until: int, *, now: datetime) -> list[Told]:
    """Return what was said in the last weeks in cases older than an entry, the oldest first."""
    later = Entry.objects.filter(id__gt=until, verb=REGISTERED.code).values("subject_id")
    recent = Case.objects.filter(received_at__gt=now - REMEMBERED_FOR).exclude(pk__in=later)
    keys = list(recent.order_by("-received_at").values_list("pk", flat=True)[:KEPT_AT_MOST])
    return sorted(told_of(keys), key=lambda told: told.at)


def told_of(keys: Iterable[int]) -> Iterator[Told]:
    cases = Case.objects.filter(pk__in=list(keys)).select_related("category").only(*COLUMNS, "category__path")
    for case in cases.order_by("received_at", "pk").iterator(chunk_size=500):
        yield Told(
            key=case.pk,
            at=case.received_at,
            person=str(case.customer_id or case.caller_name or f"case {case.pk}"),
            subject=case.subject,
            text=case.description[:TEXT_AT_MOST],
            product=case.product,
            place=case.occurred_where,
            category=case.category.path if case.category else "",
        )


def matters(now: datetime) -> list[Matter]:
    """Return what is known: suspicions that wait, incidents under way, and what was said to be none."""
    lately = now - MATTER_SLEEPS_AFTER - WINDOW
    suspicions = Suspicion.objects.filter(last_at__gt=lately).exclude(state=Suspicion.State.DECLARED)
    held = gathered(SuspectCase.objects.filter(suspicion__in=suspicions).values_list("suspicion_id", "case_id"))
    there = Membership.objects.standing().filter(incident__in=Incident.objects.live())
    members = gathered(there.values_list("incident_id", "case_id"))
    return [
        *(Matter(f"suspicion:{one.pk}", held[one.pk], people_normal=called_normal(one)) for one in suspicions),
        *(Matter(f"incident:{key}", cases) for key, cases in members.items()),
    ]


def gathered(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    by_key: dict[int, set[int]] = defaultdict(set)
    for key, case in pairs:
        by_key[key].add(case)
    return by_key


def called_normal(suspicion: Suspicion) -> int:
    """Return how many people somebody has called no incident."""
    return suspicion.people if suspicion.state == Suspicion.State.DISMISSED else 0


def act_on(finding: Finding, *, at: datetime) -> None:
    """Write down what was found."""
    if isinstance(finding, Emergence):
        suspect(finding, at=at)
    elif isinstance(finding, Joining):
        kind, key = finding.matter.split(":")
        if kind == "incident":
            propose(Incident.objects.get(pk=key), finding, at=at)
        else:
            add_to(Suspicion.objects.get(pk=key), {finding.key: finding.likeness}, at=at)


def suspect(found: Emergence, *, at: datetime) -> Suspicion:
    """Suggest a group incident; where one that waits holds half of these cases, it grows instead."""
    take_turns("suspicions")
    keys = list(found.members)
    shared = SuspectCase.objects.filter(suspicion__state=Suspicion.State.WAITING, case_id__in=keys)
    known = list(shared.values_list("suspicion_id", flat=True))
    most = max(set(known), key=known.count, default=None)
    if most is not None and 2 * known.count(most) >= len(keys):
        return add_to(Suspicion.objects.get(pk=most), found.members, at=at)
    newest = Case.objects.get(pk=max(keys))
    suspicion = Suspicion.objects.create(
        title=shortened(newest.subject, 120),
        words=list(found.words),
        marks=list(found.marks),
        people=found.people,
        expected=found.expected,
        chance=found.chance,
        days=found.days,
        looked_back=found.looked_back_days,
        found_at=at,
        last_at=at,
    )
    add_to(suspicion, found.members, at=at)
    record(SUSPECTED, suspicion, by=CLOCKWORK, at=at, people=found.people)
    return suspicion


def add_to(suspicion: Suspicion, members: dict[int, float], *, at: datetime) -> Suspicion:
    """Let a suspicion rest on further cases."""
    rows = [SuspectCase(suspicion=suspicion, case_id=key, likeness=share) for key, share in members.items()]
    SuspectCase.objects.bulk_create(rows, ignore_conflicts=True)
    if suspicion.state == Suspicion.State.WAITING:
        suspicion.people = people_in(suspicion)
    suspicion.last_at = max(suspicion.last_at, at)
    suspicion.save(update_fields=["people", "last_at"])
    return suspicion


def people_in(suspicion: Suspicion) -> int:
    whose = suspicion.cases.values_list("case__customer_id", "case__caller_name", "case_id")
    return len({customer or name or f"case {key}" for customer, name, key in whose})


def propose(incident: Incident, joining: Joining, *, at: datetime) -> None:
    """Offer a case to an incident that it seems to belong to, once."""
    if Membership.objects.standing().filter(case_id=joining.key).exists():
        return
    case = Case.objects.get(pk=joining.key)
    fresh = {"likeness": joining.likeness, "at": at}
    _candidate, is_new = Candidate.objects.get_or_create(incident=incident, case=case, defaults=fresh)
    if is_new:
        incident_step(INCIDENT_CANDIDATE, incident, by=CLOCKWORK, at=at, number=case.number)


@transaction.atomic
def dismiss(suspicion: Suspicion, *, reason: str, remark: str, by: Actor, at: datetime) -> None:
    """Decide that it is no group incident. So many people count as usual from now on, until there are twice as many."""
    ensure(may_declare_incident(by))
    if reason not in Suspicion.Reason.values:
        raise BadInput(_("Please say why it is no group incident."), field="reason")
    decide(suspicion, Suspicion.State.DISMISSED, by=by, at=at)
    Suspicion.objects.filter(pk=suspicion.pk).update(reason=reason, remark=remark.strip()[:200])
    record(SUSPICION_DISMISSED, suspicion, by=by, at=at, reason=reason)
