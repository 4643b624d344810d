"""Winning a customer back (挽回方案, SPEC B5): steps with due moments from a recipe, a result, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiying.customers.actions.customer import revise
from huiying.customers.drafts import draft_of
from huiying.customers.models import Customer, Order, Status
from huiying.deadlines.actions import Answerable, start_promised_clock, stop_promised_clock
from huiying.insight import verbs
from huiying.insight.models import ChurnWarning, Play, PlayStep, Recipe
from huiying.insight.policies import may_begin_play, may_work_on
from huiying.journal.actors import CLOCKWORK, Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, DomainError, ensure
from huiying.staff.models import User

CLOCK = "win_back"
FOLLOWED_AT_ONCE = 500
STATUS_AFTER: dict[str, str] = {Play.Result.WON_BACK: Status.ACTIVE, Play.Result.LOST: Status.LOST}


@transaction.atomic
def begin_play(warning: ChurnWarning, recipe: Recipe, *, owner: User, by: Actor, at: datetime) -> Play:
    """Begin to win the customer back: the owner gets every step of the recipe with its due moment and clock."""
    ensure(may_begin_play(by))
    warning = ChurnWarning.objects.select_for_update().get(pk=warning.pk)
    if not warning.is_standing:
        raise DomainError(_("This warning is settled already."))
    steps = list(recipe.steps.all())
    if not recipe.active or not steps:
        raise BadInput(_("Please choose a way with steps."), field="recipe")
    try:
        with transaction.atomic():
            play = Play.objects.create(
                warning=warning,
                customer_id=warning.customer_id,
                owner=owner,
                recipe_name=recipe.name,
                recipe_name_en=recipe.name_en,
                begun_at=at,
                begun_by_id=by.pk if by.is_staff else None,
            )
    except IntegrityError:
        raise DomainError(_("Somebody is at it already.")) from None
    for step in steps:
        due_at = at + timedelta(hours=step.hours)
        made = PlayStep.objects.create(
            play=play, position=step.position, title=step.title, title_en=step.title_en, due_at=due_at
        )
        start_promised_clock(CLOCK, made, about=play, at=at, due_at=due_at, answerable=answerable(owner))
    record(verbs.PLAY_BEGUN, play, by=by, at=at, recipe=recipe.name, recipe_en=recipe.name_en)
    return play


def answerable(owner: User) -> Answerable:
    return Answerable(owner_id=owner.pk, team_id=owner.team_id, department_id=owner.department_id)


@transaction.atomic
def do_step(step: PlayStep, *, outcome: str, by: Actor, at: datetime) -> PlayStep:
    """Tick a step off, saying what came of it."""
    play = held(step.play_id)
    ensure(may_work_on(by, play))
    ensure_running(play)
    if not outcome.strip():
        raise BadInput(_("Please say what came of it."), field="outcome")
    step = PlayStep.objects.get(pk=step.pk)
    if step.done_at is not None:
        raise DomainError(_("This step is done already."))
    step.done_at, step.outcome = at, outcome.strip()[:300]
    step.done_by_id = by.pk if by.is_staff else None
    step.save(update_fields=["done_at", "done_by", "outcome"])
    stop_promised_clock(CLOCK, step, about=play, at=at)
    record(verbs.PLAY_STEP_DONE, play, by=by, at=at, step=step.position)
    return step


@transaction.atomic
def end_play(play: Play, *, result: str, reason: str, status: str = "", by: Actor, at: datetime) -> Play:
    """End the play with its result; open steps are owed no longer and the warning is settled.

    `status` is what the customer becomes where the team says so: lost with the customer, active again when won back.
    """
    play = held(play.pk)
    ensure(may_work_on(by, play))
    ensure_running(play)
    if result not in Play.Result:
        raise BadInput(_("Please choose a result."), field="result")
    if result != Play.Result.WON_BACK and not reason.strip():
        raise BadInput(_("Please say why."), field="reason")
    for step in play.steps.filter(done_at=None):
        stop_promised_clock(CLOCK, step, about=play, at=at)
    play.result, play.reason, play.ended_at = result, reason.strip()[:300], at
    play.ended_by_id = by.pk if by.is_staff else None
    play.save(update_fields=["result", "reason", "ended_at", "ended_by"])
    record(verbs.PLAY_ENDED, play, by=by, at=at, result=result)
    settle(play.warning, end=result, by=by, at=at)
    if status:
        become(play.customer, status, result=result, by=by, at=at)
    return play


def become(customer: Customer, status: str, *, result: str, by: Actor, at: datetime) -> None:
    """Change the customer's status as the result says."""
    if status != STATUS_AFTER.get(result):
        raise BadInput(_("This status does not fit the result."), field="status")
    if customer.status != status:
        revise(customer, replace(draft_of(customer), status=status), version=customer.version, by=by, at=at)


@transaction.atomic
def call_false_alarm(warning: ChurnWarning, *, by: Actor, at: datetime) -> None:
    """Settle a warning that is none, without a play."""
    ensure(may_begin_play(by))
    warning = ChurnWarning.objects.select_for_update().get(pk=warning.pk)
    if warning.plays.running().exists():
        raise DomainError(_("Somebody is at work to win them back; end that with its result."))
    if not warning.is_standing:
        raise DomainError(_("This warning is settled already."))
    settle(warning, end=ChurnWarning.End.FALSE_ALARM, by=by, at=at)


def settle(warning: ChurnWarning, *, end: str, by: Actor, at: datetime) -> None:
    if ChurnWarning.objects.standing().filter(pk=warning.pk).update(ended_at=at, end=end):
        record(verbs.ENDED, warning, by=by, at=at, end=str(end))


def held(play_id: int) -> Play:
    Play.objects.select_for_update().get(pk=play_id)
    return Play.objects.select_related("customer", "warning").get(pk=play_id)


def ensure_running(play: Play) -> None:
    if not play.is_running:
        raise DomainError(_("This has its result already."))


def follow_up(today: date, *, at: datetime) -> int:
    """Look at plays that ended 60 days ago: how often and for how much the customer has ordered since."""
    since = at - timedelta(days=Play.FOLLOWED_DAYS)
    owed = Play.objects.filter(followed_on=None, ended_at__lt=since).order_by("pk")[:FOLLOWED_AT_ONCE]
    return sum(follow(play, today, at=at) for play in owed)


@transaction.atomic
def follow(play: Play, today: date, *, at: datetime) -> int:
    assert play.ended_at is not None
    ended_on = timezone.localtime(play.ended_at).date()
    until = ended_on + timedelta(days=Play.FOLLOWED_DAYS)
    orders = Order.objects.filter(customer_id=play.customer_id, ordered_on__gt=ended_on, ordered_on__lte=until)
    came = orders.aggregate(n=Count("pk", filter=Q(amount__gte=0)), money=Sum("amount", default=0))
    mine = Play.objects.filter(pk=play.pk, followed_on=None)
    if not mine.update(followed_on=today, orders_after=came["n"], amount_after=came["money"]):
        return 0
    record(verbs.PLAY_FOLLOWED, play, by=CLOCKWORK, at=at, orders=came["n"])
    return 1
