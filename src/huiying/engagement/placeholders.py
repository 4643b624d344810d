"""What a template may say of the customer it is sent to: words in braces, filled in for each."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from huiying.kit.guards import BadInput, Sentence

PLACEHOLDERS: dict[str, Sentence] = {
    "customer": _("name of the customer"),
    "contact": _("name of the contact"),
    "manager": _("account manager"),
    "company": _("our company"),
    "product": _("product of the template, else what was bought last"),
    "last_order_on": _("day of the last order"),
    "number": _("customer number"),
}
_BRACED = re.compile(r"\{([^{}\s]{1,40})\}")


def named_in(text: str) -> list[str]:
    """Return the words in braces, in order, each once."""
    return list(dict.fromkeys(_BRACED.findall(text)))


def ensure_known(text: str, *, field: str) -> None:
    """Raise BadInput naming the words in braces that nobody could fill in."""
    unknown = [name for name in named_in(text) if name not in PLACEHOLDERS]
    if unknown:
        told = _(", ").join(f"{{{name}}}" for name in unknown)
        raise BadInput(
            _("Nothing is known by {names}. Choose from the list beside the text.").format(names=told), field=field
        )


def missing_in(text: str, values: Mapping[str, str]) -> list[str]:
    """Return which words of the text are not known of this customer."""
    return [name for name in named_in(text) if name in PLACEHOLDERS and not values.get(name)]


def filled_in(text: str, values: Mapping[str, str]) -> str:
    return _BRACED.sub(lambda match: values.get(match[1], match[0]), text)
