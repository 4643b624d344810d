"""What is wrong with an input, in words: pydantic's error types as sentences a person understands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiying.kit.guards import Sentence

SENTENCES: dict[str, Sentence] = {
    "missing": _("“{field}” is needed."),
    "string_type": _("“{field}” must be a text."),
    "string_unicode": _("“{field}” holds characters that no text can hold."),
    "string_too_long": _("“{field}” is longer than {max_length} characters."),
    "string_too_short": _("“{field}” needs at least {min_length} characters."),
    "enum": _("“{field}” must be one of: {expected}."),
    "literal_error": _("“{field}” must be one of: {expected}."),
    "bool_type": _("“{field}” must be true or false."),
    "bool_parsing": _("“{field}” must be true or false."),
    "int_type": _("“{field}” must be a whole number."),
    "int_parsing": _("“{field}” must be a whole number."),
    "int_parsing_size": _("“{field}” is too large a number."),
    "int_from_float": _("“{field}” must be a whole number."),
    "greater_than_equal": _("“{field}” must be at least {ge}."),
    "less_than_equal": _("“{field}” must be at most {le}."),
    "decimal_type": _("“{field}” must be an amount such as “800.00”."),
    "decimal_parsing": _("“{field}” must be an amount such as “800.00”."),
    "finite_number": _("“{field}” must be an amount such as “800.00”."),
    "decimal_max_digits": _("“{field}” is too large a number."),
    "decimal_whole_digits": _("“{field}” is too large a number."),
    "decimal_max_places": _("“{field}” has at most {decimal_places} decimal places."),
    "list_type": _("“{field}” must be a list."),
    "too_long": _("“{field}” has more than {max_length} entries."),
    "too_short": _("“{field}” needs at least {min_length} entry."),
    "dict_type": _("“{field}” must be an object."),
    "model_type": _("“{field}” must be an object."),
    "model_attributes_type": _("“{field}” must be an object."),
    "extra_forbidden": _("“{field}” cannot be changed here."),
    "value_error": _("“{field}”: {error}."),
}
OTHERWISE = _("“{field}” cannot be used as it is.")
NO_BODY = _("The request needs a JSON object as its body.")


@dataclass(frozen=True)
class Fault:
    """One thing wrong: where, and a sentence in the reader's language."""

    field: str
    sentence: str


def faults_of(errors: Sequence[dict[str, Any]]) -> list[Fault]:
    """Return each error once, in the order found."""
    return list(dict.fromkeys(fault_of(error) for error in errors))


def fault_of(error: dict[str, Any]) -> Fault:
    field = field_of(error["loc"])
    if not field:
        return Fault("", str(NO_BODY))
    facts = {**error.get("ctx", {}), "field": field}
    return Fault(field, str(SENTENCES.get(error["type"], OTHERWISE)).format(**facts))


def field_of(place: Sequence[str | int]) -> str:
    """Return "remedies.0.amount" for ("body", "ask", "remedies", 0, "amount"): as the caller wrote it."""
    source, *steps = place
    inside = steps[1:] if source in {"body", "query"} and len(steps) > 1 else steps if source != "body" else []
    return ".".join(str(step) for step in inside)
