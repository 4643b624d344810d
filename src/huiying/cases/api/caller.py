"""Whose case it is, as a program says it."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from huiying.cases.actions import Caller
from huiying.cases.references import customer_numbered
from huiying.kit.rest import Ask
from huiying.staff.actors import StaffActor


class CallerAsk(Ask):
    """Whose matter it is: a known customer by `number`, or whoever name, phone and e-mail point to."""

    number: Annotated[str, StringConstraints(max_length=20)] = ""
    name: Annotated[str, StringConstraints(max_length=60)] = ""
    phone: Annotated[str, StringConstraints(max_length=32)] = ""
    email: Annotated[str, StringConstraints(max_length=254)] = ""


def caller_of(ask: CallerAsk | None, by: StaffActor) -> Caller:
    if ask is None:
        return Caller()
    if ask.number:
        return Caller(customer=customer_numbered(ask.number, by=by, field="customer"), name=ask.name)
    return Caller(name=ask.name, phone=ask.phone, email=ask.email)
