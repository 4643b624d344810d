"""What stops a deed: every refusal carries a sentence for the person who tried."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Sentence = str | Promise


class DomainError(Exception):
    """A broken rule, said to whoever broke it. Doors show it once: a message on the page, 409 in the API.

    `field` names the input at fault, where one is; `page` is the template that says it where no form can.
    """

    status = 409
    code = "conflict"
    page = "refused.html"

    def __init__(self, sentence: Sentence, *, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field

    def __str__(self) -> str:
        return str(self.sentence)


class BadInput(DomainError):
    """What was typed or sent cannot be used as it is (422)."""

    status = 422
    code = "bad-input"


class Refused(DomainError):
    """The actor may see the thing but may not do this with it (403)."""

    status = 403
    code = "refused"


class Stale(DomainError):
    """Somebody saved a newer version meanwhile (409)."""

    code = "stale"


def ensure(allowed: bool, sentence: Sentence = _("You are not allowed to do this.")) -> None:
    """Raise Refused with the sentence unless `allowed`."""
    if not allowed:
        raise Refused(sentence)


def ensure_sound(thing: models.Model, *, told: Collection[str] | None = None) -> None:
    """Raise BadInput, naming the field, where the row holds what its fields do not allow. Asks no database.

    Of a row whose other fields stand as the program left them, only what was `told` is looked at.
    """
    model = thing._meta.model  # not its type: a request's user is a lazy object
    try:
        thing.clean_fields(exclude=relations_of(model) if told is None else fields_of(model).difference(told))
    except ValidationError as wrong:
        field, messages = next(iter(wrong.message_dict.items()))
        label = thing._meta.get_field(field).verbose_name  # type: ignore[union-attr]  # plain fields only
        raise BadInput(f"{label}: {messages[0]}", field=field) from wrong


@cache
def fields_of(model: type[models.Model]) -> frozenset[str]:
    return frozenset(field.name for field in model._meta.fields)


@cache
def relations_of(model: type[models.Model]) -> frozenset[str]:
    return frozenset(field.name for field in model._meta.fields if field.is_relation)
