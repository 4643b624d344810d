"""What the routers of all apps share: how moments, money, texts and pages are written in the interface."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, TypeVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import (
    BaseModel,
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import CoreSchema

from huiying.kit.text import LONGEST
from huiying.kit.times import YEARS

Item = TypeVar("Item")
BIGGEST_KEY = 2**63 - 1
_PLUS_LOST = re.compile(r"(?<=\d) (?=\d\d:?\d\d$)")  # "+08:00" arrives from a query string as " 08:00"


def read_moment(written: object) -> object:
    """Return the moment written as ISO-8601 with its zone. Raises ValueError with a sentence."""
    if isinstance(written, datetime):
        return written
    try:
        moment = datetime.fromisoformat(_PLUS_LOST.sub("+", str(written)))
    except ValueError:
        moment = None
    if not isinstance(written, str) or moment is None or moment.tzinfo is None:
        raise ValueError(_("a moment is written with its zone, like 2026-03-02T10:00:00+08:00"))
    if moment.year not in YEARS:
        raise ValueError(_("this year lies outside what can be kept"))
    return moment


def read_day(written: object) -> object:
    """Return the day written as 2026-03-02. Raises ValueError with a sentence."""
    if isinstance(written, date):
        return written
    try:
        day = date.fromisoformat(str(written))
    except ValueError:
        raise ValueError(_("a day is written like 2026-03-02")) from None
    if day.year not in YEARS:
        raise ValueError(_("this year lies outside what can be kept"))
    return day


def in_our_zone(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat()


def as_word(written: object) -> object:
    """A key sent as a number is as good as one sent as a text."""
    return str(written) if isinstance(written, int) and not isinstance(written, bool) else written


class AsCode:
    """Describe the codes of an enum where they are used: enums of different things share names such as "State"."""

    def __get_pydantic_json_schema__(self, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        described = handler.resolve_ref_schema(handler(core_schema))
        return {"type": "string", "enum": described["enum"]}


Code = Annotated[Item, AsCode()]
Moment = Annotated[
    datetime,
    BeforeValidator(read_moment),
    PlainSerializer(in_our_zone, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-03-02T10:00:00+08:00"]}),
]
Day = Annotated[date, BeforeValidator(read_day)]
Money = Annotated[
    Decimal,
    Field(ge=0, max_digits=10, decimal_places=2),
    PlainSerializer(lambda amount: f"{amount:.2f}", return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,8}(\.\d{1,2})?$", "examples": ["800.00"]}),
]
Key = Annotated[int, Field(ge=1, le=BIGGEST_KEY)]
Word = Annotated[str, StringConstraints(max_length=40)]
Line = Annotated[str, StringConstraints(max_length=200)]
Text = Annotated[str, StringConstraints(max_length=LONGEST)]
# our key, or the name or code that people know the thing by
Reference = Annotated[
    str,
    BeforeValidator(as_word),
    StringConstraints(min_length=1, max_length=200),
    WithJsonSchema({"type": ["string", "integer"], "minLength": 1, "maxLength": 200, "minimum": 1}),
]


class Ask(BaseModel):
    """What a call is sent: an object. (ninja's own Schema would take a text for an object without fields.)"""


class PageOf(Ask):
    """Which page of a list."""

    cursor: Annotated[str, StringConstraints(max_length=500)] = ""
    limit: int = Field(50, ge=1, le=200)


class Page(Schema, Generic[Item]):
    """A page of a list; ask again with `next_cursor` until it is null."""

    items: list[Item]
    next_cursor: str | None


def only_given(ask: BaseModel) -> dict[str, Any]:
    """Return the fields that the caller sent."""
    return {name: getattr(ask, name) for name in ask.model_fields_set}
