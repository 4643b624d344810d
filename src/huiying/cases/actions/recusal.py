"""Who is named in a complaint has no part in it: naming somebody, and taking that back (SPEC C15)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions.step import held, settle_handover, step
from huiying.cases.models import ActionItem, Case, Handover, Incident, Presence, Recusal, Watcher
from huiying.cases.policies import may_lift_recusal, may_recuse
from huiying.cases.queries.merged import keys_told_on
from huiying.cases.verbs import NAMED, UNNAMED
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.journal.models import Entry
from huiying.kit.guards import BadInput, DomainError, ensure
from huiying.notifications.models import Dispatch, Notice
from huiying.staff.actors import actor_of
from huiying.staff.models import Role, User

NAMED_IN_IT = "named"  # why somebody is passed over


@transaction.atomic
def recuse(case: Case, user: User, *, by: Actor, at: datetime) -> Recusal:
    """Name whom the customer complains about. They lose the case and the sight of it at once; the lead is told.

    So it is with those merged into it: they tell of the same. What they held goes back to the team. Raises DomainError
    when they are named already, or where nobody who leads would be left to see it.
    """
    case, *duplicates = held_with_duplicates(case)
    ensure(may_recuse(by, case))
    if user.pk in named_in(case):
        raise DomainError(_("{name} is named in this case already.").format(name=user.name))
    ensure_somebody_leads(case, besides=[user])
    for duplicate in duplicates:
        if user.pk not in named_in(duplicate):
            take_away(duplicate, user, by=by, at=at)
    return take_away(case, user, by=by, at=at)


def take_away(case: Case, user: User, *, by: Actor, at: datetime) -> Recusal:
    """Name somebody in a held case, and take from them what they held of it."""
    made = enter_recusal(case, user, by=by, at=at)
    if case.giver_id == user.pk:
        settle_handover(case, Handover.Outcome.SUPERSEDED, at=at)
    if case.owner_id == user.pk:
        case.owner = None
    ActionItem.objects.filter(case=case, owner=user, done_at=None, dropped_at=None).update(owner=None)
    step(NAMED, case, by=by, at=at, name=user.name, from_id=user.pk)
    return made


@transaction.atomic
def lift_recusal(recusal: Recusal, reason: str, *, by: Actor, at: datetime) -> Recusal:
    """Say that somebody is not complained about after all; they may see the case again as far as they could before.

    So it is with those merged into it. It takes a leader, and never the one who was named.
    """
    case, *duplicates = held_with_duplicates(recusal.case)
    ensure(may_lift_recusal(by, recusal), _("A leader who is not named in the complaint takes this back."))
    if not reason.strip():
        raise BadInput(_("Please say why they are no longer named."), field="reason")
    lifted = {"lifted_at": at, "lifted_by_id": by.pk, "reason": reason.strip()[:200]}
    if not Recusal.objects.standing().filter(pk=recusal.pk).update(**lifted):
        raise DomainError(_("They are not named any more."))
    step(UNNAMED, case, by=by, at=at, name=recusal.user.name)
    for duplicate in duplicates:
        if Recusal.objects.standing().filter(case=duplicate, user=recusal.user_id).update(**lifted):
            step(UNNAMED, duplicate, by=by, at=at, name=recusal.user.name)
    recusal.refresh_from_db()
    return recusal


def recuse_from_new(case: Case, people: Iterable[User], *, by: Actor, at: datetime) -> None:
    """Name people in a case that has just been registered, and was routed past them."""
    for user in {user.pk: user for user in people}.values():
        enter_recusal(case, user, by=by, at=at)
        record(NAMED, case, by=by, at=at, name=user.name)


def recuse_likewise(case: Case, source: Case, *, by: Actor, at: datetime) -> None:
    """Whoever may not read the words of `source` may not read them here either, nor in what was merged into it."""
    for one in held_with_duplicates(case):
        known = named_in(one)
        for user in people_named_in(source):
            if user.pk not in known:
                take_away(one, user, by=by, at=at)


def held_with_duplicates(case: Case) -> list[Case]:
    """Return the case and those merged into it, locked in one order so that no two transactions wait for each other."""
    keys = keys_told_on(case)
    locked = {one.pk: held(one) for one in Case.objects.filter(pk__in=keys).order_by("pk")}
    return [locked[key] for key in keys]


def ensure_somebody_leads(case: Case, *, besides: Collection[User]) -> None:
    """Raise DomainError unless somebody who leads still sees the case once these are named: nobody else lifts it."""
    if not any(user.role_id in Role.objects.holding("cases.assign") for user in besides):
        return
    named = named_in(case) | {user.pk for user in besides}
    leading = User.objects.working().with_standing().filter(role__in=Role.objects.holding("cases.assign"))
    seen = Case.objects.filter(pk=case.pk)
    if not any(seen.visible_to(actor_of(who)).exists() for who in leading.exclude(pk__in=named)):
        raise DomainError(_("Nobody who leads would be left to see this case. Give somebody else such a role first."))


def enter_recusal(case: Case, user: User, *, by: Actor, at: datetime) -> Recusal:
    """Write that somebody is named. What they were told of the case is taken from them; groups hear no more of it."""
    told = Notice.objects.filter(entry__in=entries_telling_of(case))
    told.filter(user=user).delete()
    Dispatch.objects.to_groups().filter(notice__in=told).delete()
    Presence.objects.filter(case=case, user=user).delete()
    Watcher.objects.filter(case=case, user=user).delete()
    return Recusal.objects.create(case=case, user=user, named_by_id=by.pk if by.is_staff else None, named_at=at)


def entries_telling_of(case: Case) -> list[int]:
    """Return the keys of what was written about the case, on itself and on group incidents in which it came up."""
    incidents = Incident.objects.filter(Q(members__case=case) | Q(candidates__case=case))
    on_them = Entry.objects.filter(subject_type=Incident._meta.label_lower, subject_id__in=incidents.values("pk"))
    named = on_them.filter(facts__number=case.number)
    return [*Entry.objects.about(case).values_list("pk", flat=True), *named.values_list("pk", flat=True)]


def named_in(case: Case) -> set[int]:
    """Return the keys of those who are named in the case."""
    return set(Recusal.objects.standing().filter(case=case).values_list("user_id", flat=True))


def people_named_in(case: Case) -> list[User]:
    return [one.user for one in Recusal.objects.standing().filter(case=case).select_related("user")]


def passed_over_in(case: Case) -> dict[int, str]:
    """Return who may not get the case, and why, as routing takes it."""
    return dict.fromkeys(named_in(case), NAMED_IN_IT)


def ensure_unbiased(case: Case, user: User | None, *, field: str = "to") -> None:
    """Raise BadInput where somebody would get what they are named in."""
    if user is not None and user.pk in named_in(case):
        sentence = _("{name} is named in this complaint; choose somebody else.").format(name=user.name)
        raise BadInput(sentence, field=field)
