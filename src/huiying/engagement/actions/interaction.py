"""Recording a contact with a customer, and correcting the record while memory is fresh (SPEC B3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from huiying.customers.actions.freshness import confirm
from huiying.customers.models import Block, Customer
from huiying.engagement import verbs
from huiying.engagement.actions.next_step import keep_next_step
from huiying.engagement.actions.onboarding_contact import look_again, meet_by_contacts
from huiying.engagement.crediting import credit, give_back
from huiying.engagement.drafts import WRITTEN, InteractionDraft
from huiying.engagement.models import CareRule, FormerRecord, Interaction, PlannedContact
from huiying.engagement.policies import may_correct, may_record
from huiying.engagement.substance import Record, Verdict, judge
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, Sentence, ensure, ensure_sound
from huiying.staff.models import User

CLOCKS_DIFFER = timedelta(minutes=5)
TOO_LATE = _("Only who wrote a record corrects it, and only for a while; add a new one instead.")
MISSING = _("{problem} What is missing: {parts}.")


@transaction.atomic
def record_contact(
    customer: Customer,
    draft: InteractionDraft,
    *,
    kept: PlannedContact | None = None,
    confirms: Sequence[Block] = (),
    by: Actor,
    at: datetime,
) -> Interaction:
    """Write down a contact that took place. Raises BadInput, saying what is missing, for one that says nothing.

    A record with an outside number is written once; recording it again returns the first. `kept` is the planned
    contact it was recorded from; `crediting` says which one it keeps. A next step with a day is planned. `confirms`
    are the parts of the archive that were checked with the customer and are still true.
    """
    ensure(may_record(by, customer))
    if draft.external_ref and (known := Interaction.objects.filter(external_ref=draft.external_ref).first()):
        ensure_same_customer(known, customer)
        return known
    owner = draft.owner or User.objects.filter(pk=by.pk if by.is_staff else None).first()
    written = Interaction(customer=customer, owner=owner, external_ref=draft.external_ref)
    write(written, draft, at=at)
    written.save(force_insert=True)
    credit(written, kept=kept)
    keep_next_step(written)
    day = localdate(written.at).isoformat()
    record(verbs.RECORDED, written, by=by, at=at, means=written.means, day=day)
    if confirms:
        confirm(customer, confirms, by=by, at=at)
    meet_by_contacts([customer.pk], by=by, at=at)
    return written


@transaction.atomic
def correct_record(interaction: Interaction, draft: InteractionDraft, *, by: Actor, at: datetime) -> None:
    """Replace what a record says; how it read before is kept beside it."""
    held = Interaction.objects.select_for_update().select_related("customer").get(pk=interaction.pk)
    ensure(may_correct(by, held, at=at, rule=CareRule.current()), TOO_LATE)
    former = FormerRecord(interaction=held, replaced_at=at, replaced_by_id=by.pk, **kept(held))
    write(held, draft, at=at)
    if kept(held) == kept(former) and held.contact_id == interaction.contact_id:
        return
    former.save(force_insert=True)
    held.save(update_fields=WRITTEN)
    if (former.means, former.at) != (held.means, held.at):
        credit(held, kept=give_back(held, at=at))
    keep_next_step(held)
    record(verbs.CORRECTED, held, by=by, at=at)
    look_again(held, by=by, at=at)
    meet_by_contacts([held.customer_id], by=by, at=at)


def write(interaction: Interaction, draft: InteractionDraft, *, at: datetime) -> None:
    """Fill the record from the draft. Raises BadInput where it makes no sense or says nothing."""
    draft = trimmed(draft)
    ensure_sensible(draft, interaction.customer, at=at)
    ensure_substance(draft, last=last_words(interaction))
    for name in WRITTEN:
        setattr(interaction, name, getattr(draft, name))
    ensure_sound(interaction)


def trimmed(draft: InteractionDraft) -> InteractionDraft:
    texts = ("participants", "content", "feedback", "next_step", "external_ref")
    return replace(draft, **{name: getattr(draft, name).strip() for name in texts})


def ensure_sensible(draft: InteractionDraft, customer: Customer, *, at: datetime) -> None:
    if draft.at > at + CLOCKS_DIFFER:
        raise BadInput(_("A contact that is still to come is planned, not recorded."), field="at")
    if draft.contact is not None and draft.contact.customer_id != customer.pk:
        raise BadInput(_("This person belongs to another customer."), field="contact")
    if draft.next_on is not None and not draft.next_step:
        raise BadInput(_("Please say what the next step is."), field="next_step")
    if draft.next_on is not None and draft.next_on < localdate(draft.at):
        raise BadInput(_("The next step lies before the contact."), field="next_on")


def ensure_substance(draft: InteractionDraft, *, last: str) -> None:
    verdict = verdict_on(draft, last=last)
    if verdict.is_hollow:
        raise BadInput(refusal(verdict), field="content")


def verdict_on(draft: InteractionDraft, *, last: str) -> Verdict:
    who = f"{draft.contact or ''} {draft.participants}"
    return judge(Record(content=draft.content, feedback=draft.feedback, next_step=draft.next_step, who=who), last=last)


def refusal(verdict: Verdict) -> Sentence:
    """Return why the record is refused, with what is missing."""
    if not verdict.missing:
        return verdict.problem
    parts = _(", ").join(str(part.label) for part in verdict.missing)
    return MISSING.format(problem=verdict.problem, parts=parts)


def last_words(interaction: Interaction) -> str:
    """Return what the customer's latest other record says, "" where there is none."""
    others = Interaction.objects.filter(customer_id=interaction.customer_id).exclude(pk=interaction.pk)
    last = others.order_by("-at", "-id").first()
    return last.words if last else ""


def ensure_same_customer(known: Interaction, customer: Customer) -> None:
    if known.customer_id != customer.pk:
        raise BadInput(_("This outside number stands for a contact with another customer."), field="external_ref")


def kept(row: Interaction | FormerRecord) -> dict[str, object]:
    return {name: getattr(row, name) for name in WRITTEN if name != "contact"}
