from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.forms.models import fields_for_model

from huiying.customers.drafts import ORDER_FIELDS, OrderDraft
from huiying.customers.models import Order
from huiying.kit.forms import Day, DeskForm


class OrderForm(DeskForm):
    """What a customer bought."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(fields_for_model(Order, fields=ORDER_FIELDS, widgets={"ordered_on": Day}))

    def draft(self, known: OrderDraft | None = None) -> OrderDraft:
        """Return what was typed; what was not asked for as it is `known`."""
        return replace(known, **self.cleaned_data) if known is not None else OrderDraft(**self.cleaned_data)

    def without_amount(self) -> None:
        del self.fields["amount"]
