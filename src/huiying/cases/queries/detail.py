"""What a deed was about, for the timeline: the journal keeps no words of people, the rows of the case do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from huiying.cases import verbs
from huiying.cases.models import ActionItem, Case, Confirmation, Investigation, Offer, Promise, TaskForce
from huiying.journal.models import Entry


@dataclass(frozen=True, kw_only=True)
class Rows:
    """The rows that deeds left, as the page of the case has fetched them anyway."""

    offers: dict[int, Offer] = field(default_factory=dict)
    actions: dict[int, ActionItem] = field(default_factory=dict)
    promises: dict[int, Promise] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    investigation: Investigation | None = None
    forces: dict[int, TaskForce] = field(default_factory=dict)

    def detail(self, entry: Entry) -> str:
        """Say what the deed was about in the words of those who did it, "" where its sentence says it all."""
        say = SAYING.get(entry.verb)
        return say(self, entry) if say else ""


def rows_of(
    *,
    offers: Iterable[Offer],
    actions: Iterable[ActionItem],
    promises: Iterable[Promise],
    investigation: Investigation | None,
) -> Rows:
    return Rows(
        offers={offer.version: offer for offer in offers},
        actions={item.pk: item for item in actions},
        promises={promise.pk: promise for promise in promises},
        investigation=investigation,
    )


def words_of(case: Case) -> dict[str, str]:
    """Return what the customer added to their word, by its moment."""
    given = Confirmation.objects.filter(case=case).exclude(comment="")
    return {at.isoformat(): comment for at, comment in given.values_list("at", "comment")}


def found(rows: Rows, entry: Entry) -> str:
    """Tell the findings beside the deed that recorded them as they are now; of earlier ones only the deed is kept."""
    kept = rows.investigation
    if kept is None or entry.facts.get("cause") != kept.cause.code:
        return ""
    shares = [f"{share.department} {share.percent}%" for share in kept.shares.all()]
    return " · ".join([str(kept.cause), *(shares or [str(kept.department)])])


def promised(rows: Rows, entry: Entry) -> str:
    promise = rows.promises.get(int(entry.facts.get("promise", 0)))
    return promise.text if promise else ""


def put_forward(rows: Rows, entry: Entry) -> str:
    offer = offer_of(rows, entry)
    if offer is None or (entry.verb == verbs.OFFERED.code and getattr(offer, "approval", None)):
        return ""  # its words stand where its approval was asked for
    return (
        _("%(text)s (%(amount)s yuan)") % {"text": offer.text, "amount": offer.amount} if offer.amount else offer.text
    )


def ruled(rows: Rows, entry: Entry) -> str:
    offer = offer_of(rows, entry)
    approval = getattr(offer, "approval", None)
    return approval.comment if approval else ""


def decided(rows: Rows, entry: Entry) -> str:
    offer = offer_of(rows, entry)
    return offer.decision_comment if offer else ""


def offer_of(rows: Rows, entry: Entry) -> Offer | None:
    return rows.offers.get(int(entry.facts.get("version", 0)))


def agreed(rows: Rows, entry: Entry) -> str:
    item = rows.actions.get(int(entry.facts.get("action", 0)))
    return item.title if item else ""


def done(rows: Rows, entry: Entry) -> str:
    item = rows.actions.get(int(entry.facts.get("action", 0)))
    return " · ".join(filter(None, (item.title, item.proof))) if item else ""


def called(rows: Rows, entry: Entry) -> str:
    force = rows.forces.get(int(entry.facts.get("task_force", 0)))
    return force.purpose if force else ""


def achieved(rows: Rows, entry: Entry) -> str:
    force = rows.forces.get(int(entry.facts.get("task_force", 0)))
    return force.result if force else ""


SAYING: dict[str, Callable[[Rows, Entry], str]] = {
    verbs.PROMISED.code: promised,
    verbs.KEPT_PROMISE.code: promised,
    verbs.FOUND_OUT.code: found,
    verbs.OFFER_WAITS.code: put_forward,
    verbs.OFFERED.code: put_forward,
    verbs.OFFER_REFUSED.code: ruled,
    verbs.OFFER_APPROVED.code: ruled,
    verbs.OFFER_ACCEPTED.code: decided,
    verbs.OFFER_DECLINED.code: decided,
    verbs.ACTION_AGREED.code: agreed,
    verbs.ACTION_DONE.code: done,
    verbs.ACTION_DROPPED.code: agreed,
    verbs.TASK_FORCE_FORMED.code: called,
    verbs.TASK_FORCE_DISBANDED.code: achieved,
    verbs.CONFIRMED.code: lambda rows, entry: rows.words.get(entry.at.isoformat(), ""),
}
