"""Who is told of what happens to a case; wired in `huiying.wiring`. The one who acted never is."""

from __future__ import annotations

from collections.abc import Iterable

from huiying.cases import verbs
from huiying.cases.actions.recusal import named_in
from huiying.cases.alarms import heads_of, leads_of, present, who_may_give_it_away
from huiying.cases.models import ActionItem, Case, Discard, Offer, Pressing, TaskForceMember
from huiying.cases.policies import may_approve
from huiying.cases.watching import sees, watchers_of
from huiying.channels.models.endpoint import Channel
from huiying.deadlines.models import Extension
from huiying.deadlines.verbs import EXTENDED, EXTENSION_ASKED, EXTENSION_REFUSED
from huiying.journal.models import Entry
from huiying.notifications.matrix import Event, Relation
from huiying.notifications.models import Notice
from huiying.notifications.notices import Word, tell
from huiying.staff.actors import StaffActor, actor_of
from huiying.staff.models import Role, User

Keys = Iterable[int | None]
NEWS, WARNING = Notice.Weight.NEWS, Notice.Weight.WARNING

# Which event a verb belongs to; every other verb is something the customer said or did.
EVENTS: dict[str, Event] = {
    verbs.REGISTERED.code: Event.NEW_CASE,
    verbs.ASSIGNED.code: Event.GIVEN,
    verbs.GIVEN_BACK.code: Event.GIVEN,
    verbs.HANDED_ON.code: Event.GIVEN,
    verbs.NAMED.code: Event.GIVEN,  # somebody else has to get it
    verbs.UNNAMED.code: Event.GIVEN,
    verbs.HANDOVER_ACCEPTED.code: Event.GIVEN,
    verbs.HANDOVER_RETURNED.code: Event.GIVEN,
    verbs.TASK_FORCE_FORMED.code: Event.GIVEN,
    verbs.TASK_FORCE_PLANNED.code: Event.COURSE,
    verbs.TASK_FORCE_DISBANDED.code: Event.COURSE,
    verbs.GAVE_BACK.code: Event.COURSE,
    verbs.NOTED.code: Event.MENTIONED,
    verbs.NOT_DELIVERED.code: Event.UNDELIVERED,
    verbs.MERGED.code: Event.COURSE,
    verbs.TOOK_IN.code: Event.COURSE,
    verbs.UNMERGED.code: Event.COURSE,
    verbs.REOPENED.code: Event.COURSE,
    verbs.WITHDRAWN.code: Event.COURSE,
    verbs.CLOSED.code: Event.COURSE,
    verbs.URGED.code: Event.URGED,
    verbs.PRESSED.code: Event.URGED,
    verbs.PRESS_ANSWERED.code: Event.DECIDED,
    verbs.OFFER_WAITS.code: Event.APPROVAL,
    verbs.DISCARD_ASKED.code: Event.APPROVAL,
    EXTENSION_ASKED.code: Event.APPROVAL,
    verbs.OFFER_APPROVED.code: Event.DECIDED,
    verbs.OFFER_REFUSED.code: Event.DECIDED,
    verbs.DISCARD_REFUSED.code: Event.DECIDED,
    verbs.INVALIDATED.code: Event.DECIDED,
    EXTENDED.code: Event.DECIDED,
    EXTENSION_REFUSED.code: Event.DECIDED,
    verbs.ACTION_AGREED.code: Event.ACTION,
    verbs.CARRIED_OUT.code: Event.ACTION,
}


def say(case: Case, entry: Entry, people: Keys, weight: str = NEWS, *, named: Keys = ()) -> None:
    """Tell people of a case: its owner and whom the deed names as theirs, the others as their team's; who watches it.

    Nobody whom the case is a complaint about; they may sit in any group, so then it is said in none.
    """
    mine = {case.owner_id, *named}
    complained_about = named_in(case)
    told = set(people) - complained_about
    event = EVENTS.get(entry.verb, Event.CUSTOMER)
    word = Word(
        event=event,
        headline=f"{case.number} {case.subject}",
        link=case.get_absolute_url(),
        weight=weight,
        discreet=bool(complained_about),
    )
    onlookers = watchers_of(case, event, besides=present([*told]))
    tell({Relation.MINE: told & mine, Relation.TEAM: told - mine, Relation.WATCHED: onlookers}, entry, word)


def tell_the_team(case: Case, entry: Entry) -> None:
    """A new case: its owner, the team on shift and its lead; where it has no team, who may give it one.

    What comes from a file in thousands is seen in the lists instead.
    """
    if case.channel == Channel.IMPORT:
        return
    if case.team_id is None:
        say(case, entry, who_may_give_it_away())
        return
    on_shift = User.objects.on_shift().filter(team_id=case.team_id).values_list("pk", flat=True)
    say(case, entry, [case.owner_id, *on_shift, *leads_of(case.team_id)])


def tell_the_assignee(case: Case, entry: Entry) -> None:
    """The new owner; or, given to a team, its lead."""
    named = present([entry.facts.get("to_id")])
    say(case, entry, named or leads_of(entry.facts.get("team_id")), named=named)


def tell_who_leads(case: Case, entry: Entry) -> None:
    """Somebody is named in the case: its lead, else the head, else who may give it to somebody."""
    named = named_in(case)
    line = present([*leads_of(case.team_id), *heads_of(case.department_id, besides=named)]) - named
    lead = present(leads_of(case.team_id)) - named
    people = lead or line or who_may_give_it_away()
    say(case, entry, people, WARNING, named=people)


def tell_the_giver(case: Case, entry: Entry) -> None:
    """Whoever handed the case over: it was accepted, or comes back."""
    giver = present([entry.facts.get("from_id"), entry.facts.get("to_id")])
    say(case, entry, giver, named=giver)


def tell_the_task_force(case: Case, entry: Entry) -> None:
    """Its members, and who answers for the case."""
    serving = TaskForceMember.objects.filter(task_force=entry.facts.get("task_force", 0))
    members = present(list(serving.values_list("user_id", flat=True)))
    say(case, entry, [*members, *answering(case)], named=members)


def tell_the_owner(case: Case, entry: Entry) -> None:
    say(case, entry, answering(case))


def warn_the_owner(case: Case, entry: Entry) -> None:
    say(case, entry, answering(case), WARNING)


def tell_the_mentioned(case: Case, entry: Entry) -> None:
    """Those whom a note names, as far as they may see the case."""
    mentioned = User.objects.working().with_standing().filter(pk__in=entry.facts.get("mentions", []))
    say(case, entry, [person.pk for person in mentioned if sees(actor_of(person), case)])


def tell_the_approvers(case: Case, entry: Entry) -> None:
    """Team lead and heads whose limit reaches; where none does, everybody else whose limit does."""
    offer = offer_of(case, entry)
    if offer is None or offer.state != Offer.State.WAITING:
        return
    near = present([*leads_of(case.team_id), *heads_of(case.department_id)])
    near -= named_in(case)
    able = [who for who in holding("cases.approve", near) if may_approve(who, offer)]
    if not able:
        able = [who for who in holding("cases.approve") if may_approve(who, offer) and sees(who, case)]
    say(case, entry, [who.pk for who in able])


def tell_the_maker(case: Case, entry: Entry) -> None:
    """Whoever made the offer that was approved or refused."""
    offer = offer_of(case, entry)
    if offer is not None:
        say(case, entry, [offer.made_by_id])


def tell_the_doers(case: Case, entry: Entry) -> None:
    """Whoever an action item is for; where nobody is named, the head of its department, else its people."""
    item = ActionItem.objects.filter(pk=entry.facts.get("action")).select_related("department").first()
    if item is None or not item.is_open:
        return
    people = item.department.people.working().values_list("pk", flat=True)
    say(case, entry, present([item.owner_id or item.department.head_id]) or people, named=[item.owner_id])


def tell_the_second_pair_of_eyes(case: Case, entry: Entry) -> None:
    """Those near who may say whether the case is invalid, other than who asked."""
    near = present([*leads_of(case.team_id), *heads_of(case.department_id)])
    say(case, entry, [who.pk for who in holding("cases.approve", near)])


def tell_who_pressed(case: Case, entry: Entry) -> None:
    pressed = Pressing.objects.filter(pk=entry.facts.get("pressing")).values_list("made_by_id", flat=True)
    say(case, entry, [pressed.first()])


def tell_who_asked_for_time(case: Case, entry: Entry) -> None:
    asked = Extension.objects.filter(pk=entry.facts.get("extension")).values_list("asked_by_id", flat=True)
    say(case, entry, [asked.first(), case.owner_id])


def tell_who_asked(case: Case, entry: Entry) -> None:
    asked = Discard.objects.filter(case=case).order_by("-id").values_list("asked_by_id", flat=True)
    say(case, entry, [asked.first(), case.owner_id])


def answering(case: Case) -> Keys:
    """Return who answers for the case: its owner, else the team's lead; and who hands it over to them."""
    return [case.giver_id, *([case.owner_id] if case.owner_id else leads_of(case.team_id))]


def holding(power: str, keys: Iterable[int] | None = None) -> list[StaffActor]:
    """Return the working people who hold a power, as actors; `keys` narrows them."""
    people = User.objects.working().with_standing().filter(role__in=Role.objects.holding(power))
    return [actor_of(person) for person in (people if keys is None else people.filter(pk__in=list(keys)))]


def offer_of(case: Case, entry: Entry) -> Offer | None:
    return Offer.objects.filter(case=case, version=entry.facts.get("version")).first()
