"""Cases in the interface: the same nouns as the actions, put together in one router."""

from ninja import Router

from . import (
    acceptance,
    action_item,
    assignment,
    case,
    category,
    clocks,
    closure,
    confirmation,
    conversation,
    customer,
    decision,
    discard,
    extension,
    handover,
    incident,
    investigation,
    listing,
    merging,
    note,
    offer,
    pausing,
    promise,
    recusal,
    registration,
    relation,
    revision,
    saved_view,
    splitting,
    suspicion,
    task_force,
    timeline,
    urging,
)

PARTS = (
    registration,
    listing,
    case,
    timeline,
    clocks,
    revision,
    customer,
    acceptance,
    assignment,
    handover,
    promise,
    conversation,
    note,
    investigation,
    offer,
    decision,
    action_item,
    confirmation,
    closure,
    discard,
    pausing,
    extension,
    urging,
    relation,
    merging,
    splitting,
    recusal,
    incident,
    suspicion,
    task_force,
    category,
    saved_view,
)

router = Router()
for one in dict.fromkeys(part.router for part in PARTS):
    router.add_router("", one)

__all__ = ["router"]
