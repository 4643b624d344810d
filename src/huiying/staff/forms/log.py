from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.journal.verbs import REGISTER
from huiying.kit.forms import Day, DeskForm
from huiying.staff.models import User


class LogForm(DeskForm):
    """Which lines of the operation log."""

    person = forms.ModelChoiceField(
        label=_("Who"), queryset=User.objects.all(), required=False, empty_label=_("anybody")
    )
    verb = forms.ChoiceField(label=_("What"), required=False)
    since = forms.DateField(label=_("From day"), required=False, widget=Day(attrs={"title": _("From day")}))
    until = forms.DateField(label=_("To day"), required=False, widget=Day(attrs={"title": _("To day")}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        verbs = sorted((verb.tell({}), verb.code) for verb in REGISTER.values())
        choices = self.fields["verb"]
        assert isinstance(choices, forms.ChoiceField)
        choices.choices = [("", _("anything")), *((code, sentence) for sentence, code in verbs)]
