"""A next step with a day becomes a planned contact, and follows what the record says."""

from __future__ import annotations

from huiying.engagement.models import Interaction, PlannedContact, State


def keep_next_step(interaction: Interaction) -> None:
    """Plan, move or drop the next step of a record; what was done or skipped meanwhile stays. Part of a larger deed."""
    known = PlannedContact.objects.filter(follows=interaction).first()
    if known is not None and known.state != State.PLANNED:
        return
    if interaction.next_on is None:
        if known is not None:
            known.delete()
        return
    PlannedContact.objects.update_or_create(
        follows=interaction,
        defaults={"due_on": interaction.next_on, "about": interaction.next_step},
        create_defaults=new_values(interaction),
    )


def new_values(interaction: Interaction) -> dict[str, object]:
    return {
        "customer": interaction.customer,
        "owner_id": interaction.owner_id or interaction.customer.owner_id,
        "tier": interaction.customer.tier,
        "means": interaction.means,
        "due_on": interaction.next_on,
        "about": interaction.next_step,
    }
