from .interaction import correct_record, record_contact
from .plan import move_contact, plan_contact, revive_contact, skip_contact
from .policy import set_policy, set_rule

__all__ = [
    "correct_record",
    "move_contact",
    "plan_contact",
    "record_contact",
    "revive_contact",
    "set_policy",
    "set_rule",
    "skip_contact",
]
