from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from huiying.kit.forms import DeskForm
from huiying.staff.models import User

from .person import PersonChoice


class RecusalForm(DeskForm):
    """Whom of ours the customer complains about."""

    person = PersonChoice(label=_("who of us is complained about"), queryset=User.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = PersonChoice.everybody()  # type: ignore[attr-defined]
