"""Trying rules on the whole archive before they are in force: it counts and shows, and changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from huiying.customers.actions.rating import AT_ONCE, Found
from huiying.customers.actions.tier_rule import RuleDraft, drafted, ensure_sensible
from huiying.customers.models import Customer, Suggestion, TierRule, Trial
from huiying.customers.policies import may_set_tier_rules
from huiying.customers.tiering.deciding import Move, Rules
from huiying.customers.tiering.facts import Range, next_range, subjects_in
from huiying.kit.guards import ensure
from huiying.staff.actors import StaffActor
from huiying.staff.models import User

LOOKS = 3  # batches a request
SHOWN = 60  # customers of each kind
ALIKE = ("code", "version", "position", "name", "name_en", "tier", "deed", "may_lower", "active", "conditions")


@transaction.atomic
def begin_trial(draft: RuleDraft | None, *, of: TierRule | None, by: StaffActor, at: datetime) -> Trial:
    """Begin to try the rules in force, with the draft in place of `of`, for None above all of them.

    What one tried before goes.
    """
    ensure(may_set_tier_rules(by))
    rules = list(TierRule.objects.current())
    if draft is not None:
        ensure_sensible(draft)
        rules = with_draft(rules, draft, of)
    Trial.objects.filter(made_by=by.pk).delete()
    last = Customer.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    kept = [{name: getattr(rule, name) for name in ALIKE} for rule in rules]
    return Trial.objects.create(made_by=User(pk=by.pk), made_at=at, rules=kept, last_pk=last)


def with_draft(rules: Sequence[TierRule], draft: RuleDraft, of: TierRule | None) -> list[TierRule]:
    if of is None:
        return [drafted(draft, code="new", version=1, position=0), *rules]
    changed = drafted(draft, code=of.code, version=of.version + 1, position=of.position)
    return [changed if rule.code == of.code else rule for rule in rules]


def go_on(trial: Trial, *, at: datetime) -> Trial:
    """Try the next customers; whoever looks asks again until it has ended."""
    rules = Rules(TierRule(**kept) for kept in trial.rules)
    for _look in range(LOOKS):
        if trial.ended_at is None:
            look(trial, rules, at=at)
            trial.refresh_from_db()
    return trial


@transaction.atomic
def look(trial: Trial, rules: Rules, *, at: datetime) -> None:
    following = next_range(trial.next_pk, at_most=AT_ONCE)
    mine = Trial.objects.filter(pk=trial.pk, next_pk=trial.next_pk, ended_at=None)
    if following is None:
        mine.update(ended_at=at)
        return
    range_, count = following
    if not mine.update(next_pk=range_.up_to, considered=F("considered") + count):
        return
    found, moves = tried(range_, rules, at=at)
    found.add_to(Trial.objects.filter(pk=trial.pk))
    lines = with_more(trial.lines, moves)
    if lines != trial.lines:
        Trial.objects.filter(pk=trial.pk).update(lines=lines)


def tried(range_: Range, rules: Rules, *, at: datetime) -> tuple[Found, list[tuple[str, Move]]]:
    """Return what the rules would do to these customers, in numbers and one by one."""
    waiting = set(range_.of(Suggestion.objects.open()).values_list("customer_id", "tier"))
    found, moves = Found(), []
    for subject in subjects_in(range_, rules.words, last=rules.last, on=localdate(at)):
        change = rules.change(subject)
        if subject.is_held:
            found.held += change is not None
            continue
        if change is not None:
            kind = "lowered" if change.lowers else "raised"
            moves.append((kind, change))
        elif (suggestion := rules.suggestion(subject)) and (subject.pk, suggestion.new) not in waiting:
            kind = "suggested"
            moves.append((kind, suggestion))
        else:
            continue
        setattr(found, kind, getattr(found, kind) + 1)
    return found, moves


def with_more(lines: Sequence[dict[str, Any]], moves: Sequence[tuple[str, Move]]) -> list[dict[str, Any]]:
    """Return the lines with as many further ones as are shown of each kind."""
    kept = list(lines)
    for kind in ("raised", "lowered", "suggested"):
        room = SHOWN - sum(line["kind"] == kind for line in kept)
        kept += [line_of(each, move) for each, move in moves if each == kind][: max(room, 0)]
    return kept


def line_of(kind: str, move: Move) -> dict[str, Any]:
    told = {"rule": move.rule.name, "rule_en": move.rule.name_en, "figures": move.figures}
    return {"kind": kind, "customer": move.pk, "old": move.old, "new": move.new, **told}
