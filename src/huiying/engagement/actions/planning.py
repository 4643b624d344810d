"""Planning contacts ahead: whoever lacks what their tier's policy asks for is planned for, in batches (SPEC B1).

Planned for are customers with a working account manager who are not lost, not merged into another, and of whose people
at least one may be contacted. Several heartbeats take turns, and a constraint keeps each slot once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.utils.timezone import localdate, make_aware

from huiying.customers.models import Contact, Customer, Status
from huiying.engagement import verbs
from huiying.engagement.agendas import Agendas
from huiying.engagement.models import CareMark, CarePolicy, Interaction, PlannedContact, State
from huiying.engagement.slots import Slot, after_last, planned_until, wanted_slots
from huiying.journal.actors import CLOCKWORK
from huiying.journal.entries import entry_for, record_all
from huiying.journal.models import Entry
from huiying.kit.turns import take_turns
from huiying.staff.models import User

BATCH, AHEAD = 1_000, 20_000
TURN = "care plan"
FOLLOWED = ["policy", "tier", "owner", "due_on"]
Wish = tuple[PlannedContact, date | None]


def plan_ahead(now: datetime, *, limit: int = AHEAD) -> int:
    """Plan for up to `limit` customers whose plan is not what it should be; return how many there were.

    To look for them reads every customer: it is done once for many batches, each of which is a transaction of its own.
    """
    today, working = localdate(now), set(User.objects.working().values_list("pk", flat=True))
    done = leave_out_departed(working, today=today, limit=limit)
    for policy in CarePolicy.objects.current():
        keys = list(unplanned(policy, working, today=today).values_list("pk", flat=True)[: limit - done])
        batches = [keys[at : at + BATCH] for at in range(0, len(keys), BATCH)]
        done += sum(plan_for(batch, policy, working, now=now) for batch in batches)
    return done


@transaction.atomic
def plan_for(keys: Sequence[int], policy: CarePolicy, working: set[int], *, now: datetime) -> int:
    """Plan for those of these customers whom no other heartbeat has planned for meanwhile; return how many."""
    take_turns(TURN)
    customers = list(unplanned(policy, working, today=localdate(now)).filter(pk__among=keys))
    if customers:
        Planning(policy, customers, now=now).carry_out()
    return len(customers)


def unplanned(policy: CarePolicy, working: set[int], *, today: date) -> QuerySet[Customer]:
    """Return the customers of the policy's tier who are not planned for as it asks, owner by owner."""
    until = planned_until(policy.per, today=today)
    differs = Q(care_mark=None) | ~Q(care_mark__policy=policy.pk) | Q(care_mark__planned_until__lt=until)
    differs |= ~Q(care_mark__owner=F("owner"))
    served = Customer.objects.current().filter(tier=policy.tier, owner__among=working).exclude(status=Status.LOST)
    return served.filter(differs).only("pk", "tier", "owner_id").order_by("owner_id", "pk")


@transaction.atomic
def leave_out_departed(working: set[int], *, today: date, limit: int) -> int:
    """Drop what is planned ahead for customers who are lost, merged, or nobody's; return of how many."""
    take_turns(TURN)
    gone = Q(customer__status=Status.LOST) | Q(customer__owner=None) | Q(customer__merged_into__isnull=False)
    gone |= ~Q(customer__owner__among=working)
    keys = list(CareMark.objects.filter(gone).values_list("pk", flat=True)[: min(limit, BATCH)])
    if keys:
        PlannedContact.objects.open().by_policy().filter(customer__in=keys, window_until__gte=today).delete()
        CareMark.objects.filter(pk__in=keys).delete()
    return len(keys)


@dataclass
class Planning:
    """What one policy asks of a batch of customers; kept where it stands, else dropped, moved or made."""

    policy: CarePolicy
    customers: Sequence[Customer]
    now: datetime
    new: list[PlannedContact] = field(default_factory=list)
    changed: list[PlannedContact] = field(default_factory=list)
    dropped: list[int] = field(default_factory=list)
    to_place: list[Wish] = field(default_factory=list)
    last_day: dict[int, date] = field(default_factory=dict)

    def carry_out(self) -> None:
        self.look_up()
        for customer in self.customers:
            self.compare(customer)
        self.write()

    def look_up(self) -> None:
        keys = [customer.pk for customer in self.customers]
        self.today = localdate(self.now)
        self.wanted = wanted_slots(self.policy.per, self.policy.times, today=self.today) if self.policy.active else []
        self.shut = closed_to_us(keys)
        self.known: dict[int, list[PlannedContact]] = defaultdict(list)
        ahead = PlannedContact.objects.by_policy().filter(customer__in=keys, window_until__gte=self.today)
        for planned in ahead:
            self.known[planned.customer_id].append(planned)
        self.spoken = spoken_since(keys, min((slot.begins for slot in self.wanted), default=self.today))

    def compare(self, customer: Customer) -> None:
        """Sort what stands and what is wanted of one customer into what is kept, dropped and new."""
        wanted = {} if customer.pk in self.shut else {slot.key: slot for slot in self.wanted}
        for planned in self.known[customer.pk]:
            slot = wanted.pop(planned.slot, None)
            if planned.is_open and (slot is None or planned.window_until != slot.ends):
                self.dropped.append(planned.pk)
                if slot is not None:
                    wanted[slot.key] = slot
            elif planned.is_open:
                self.adopt(planned, customer)
        spoken = list(self.spoken[customer.pk])
        if spoken:
            self.last_day[customer.pk] = localdate(spoken[-1].at)
        for slot in wanted.values():
            planned = self.made(customer, slot, spoken)
            self.new.append(planned)
            if planned.is_open:
                self.to_place.append((planned, None))

    def adopt(self, planned: PlannedContact, customer: Customer) -> None:
        """Let a planned contact follow the customer to another tier or owner, who keeps the day where it fits."""
        if planned.owner_id != customer.owner_id and not planned.is_fixed:
            self.to_place.append((planned, planned.due_on))
        planned.policy, planned.tier, planned.owner_id = self.policy, customer.tier, customer.owner_id
        self.changed.append(planned)

    def made(self, customer: Customer, slot: Slot, spoken: list[Interaction]) -> PlannedContact:
        """Return the slot as a planned contact, covered at once where the customer was spoken with in its window."""
        planned = PlannedContact(
            customer=customer,
            owner_id=customer.owner_id,
            policy=self.policy,
            tier=customer.tier,
            slot=slot.key,
            window_from=slot.begins,
            window_until=slot.ends,
            means=self.policy.first_means,
        )
        for one in spoken:
            if slot.holds(localdate(one.at)) and self.policy.is_met_by(one.means):
                planned.state, planned.interaction, planned.due_on = State.COVERED, one, localdate(one.at)
                spoken.remove(one)
                break
        return planned

    def write(self) -> None:
        PlannedContact.objects.filter(pk__in=self.dropped).delete()
        place(self.to_place, last=self.last_day, today=self.today)
        PlannedContact.objects.bulk_create(self.new, ignore_conflicts=True, batch_size=500)
        PlannedContact.objects.bulk_update(self.changed, FOLLOWED, batch_size=500)
        until = planned_until(self.policy.per, today=self.today)
        marks = [
            CareMark(customer=each, owner_id=each.owner_id, policy=self.policy, planned_until=until)
            for each in self.customers
            if each.owner_id is not None
        ]
        CareMark.objects.bulk_create(
            marks, update_conflicts=True, unique_fields=["customer"], update_fields=["owner", "policy", "planned_until"]
        )
        self.tell()

    def tell(self) -> None:
        """Write one line for each owner: how many contacts were planned for them."""
        counts = Counter(planned.owner_id for planned in self.new if planned.is_open)
        people = User.objects.in_bulk([key for key in counts if key is not None])
        entries: list[tuple[Entry, type[Model]]] = [
            (entry_for(verbs.PLANNED_AHEAD, people[key], by=CLOCKWORK, at=self.now, count=count), User)
            for key, count in counts.items()
            if key in people
        ]
        record_all(entries)


def place(wishes: Sequence[Wish], *, last: dict[int, date], today: date) -> None:
    """Give each contact its day: the ones with the fewest days to choose from first, each owner's evenly."""
    if not wishes:
        return
    planned = [one for one, _wish in wishes]
    ends = max(one.window_until or one.due_on for one in planned)
    agendas = Agendas([one.owner_id or 0 for one in planned], today, ends, besides=[one.pk for one in planned])
    agendas.expect(planned)
    for one, wish in sorted(wishes, key=lambda each: narrowness(each[0], today)):
        begins, until = usable(one, today)
        slot = Slot(one.window_from or begins, until, one.slot)
        one.due_on = agendas.day_for(
            one.owner_id or 0, begins, until, after=after_last(last.get(one.customer_id), slot), wish=wish
        )
        last[one.customer_id] = one.due_on


def usable(planned: PlannedContact, today: date) -> tuple[date, date]:
    """Return the days left of the window: from tomorrow on, unless it begins only today or ends today."""
    begins, until = planned.window_from or today, planned.window_until or today
    first = begins if begins >= today else today + timedelta(days=1)
    return min(first, until), until


def narrowness(planned: PlannedContact, today: date) -> tuple[date, int, int]:
    begins, until = usable(planned, today)
    return until, (until - begins).days, planned.customer_id


def closed_to_us(customers: Sequence[int]) -> set[int]:
    """Return those all of whose people asked not to be contacted."""
    asked: dict[int, bool] = {}
    for customer, is_shut in Contact.objects.filter(customer__in=customers).values_list("customer", "do_not_contact"):
        asked[customer] = asked.get(customer, True) and is_shut
    return {customer for customer, is_shut in asked.items() if is_shut}


def spoken_since(customers: Sequence[int], day: date) -> dict[int, list[Interaction]]:
    """Return by customer the contacts since the day that keep no slot yet, the earliest first."""
    since = make_aware(datetime.combine(day, time()))
    found: dict[int, list[Interaction]] = defaultdict(list)
    keeps = PlannedContact.objects.by_policy().filter(interaction=OuterRef("pk"))
    rows = Interaction.objects.filter(~Exists(keeps), customer__in=customers, at__gte=since, is_hollow=False)
    for one in rows.only("pk", "customer_id", "at", "means").order_by("at", "pk"):
        found[one.customer_id].append(one)
    return found
