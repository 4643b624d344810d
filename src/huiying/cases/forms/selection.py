from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiying.cases.lifecycle import Stage
from huiying.cases.models import Category, Kind, Level
from huiying.cases.queries.selection import Selection, Sort, View, usual_view, views_for
from huiying.kit.forms import Day, DeskForm, QuickSelect
from huiying.staff.actors import StaffActor, within_scope
from huiying.staff.models import User

ANY = ""
NO_FILTERS = ("saved", "view")
SELDOM = ("level", "category", "since", "until")


class SelectionForm(DeskForm):
    """The filters above a list of cases, read from its address."""

    view = forms.ChoiceField(choices=View.choices, required=False, widget=forms.HiddenInput)
    saved = forms.IntegerField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(
        label=_("words or number"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("words or number")}),
    )
    stage = forms.ChoiceField(
        label=_("stage"), choices=[(ANY, _("any stage")), *Stage.choices], required=False, widget=QuickSelect
    )
    kind = forms.ChoiceField(
        label=_("kind"), choices=[(ANY, _("any kind")), *Kind.choices], required=False, widget=QuickSelect
    )
    level = forms.ChoiceField(
        label=_("level"), choices=[(ANY, _("any level")), *Level.choices], required=False, widget=QuickSelect
    )
    owner = forms.ModelChoiceField(
        label=_("owner"),
        queryset=User.objects.none(),
        to_field_name="username",
        empty_label=_("any owner"),
        required=False,
        widget=QuickSelect,
    )
    category = forms.ModelChoiceField(
        label=_("category"),
        queryset=Category.objects.none(),
        to_field_name="code",
        empty_label=_("any category"),
        required=False,
        widget=QuickSelect,
    )
    since = forms.DateField(label=_("received from"), required=False, widget=Day)
    until = forms.DateField(label=_("received to"), required=False, widget=Day)
    sort = forms.ChoiceField(
        label=_("sorted by"), choices=[("", _("usual order")), *Sort.choices], required=False, widget=QuickSelect
    )

    def __init__(self, *args: Any, actor: StaffActor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        near = within_scope(actor.case_scope, actor, own=Q(pk=actor.pk))
        self.fields["owner"].queryset = User.objects.working().filter(near).only("username", "name")  # type: ignore[attr-defined]
        self.fields["category"].queryset = Category.objects.in_use().only("code", "full_name")  # type: ignore[attr-defined]

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """The filters that are used every day."""
        return [field for field in self.visible_fields() if field.name not in SELDOM]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in SELDOM]

    @property
    def uses_more(self) -> bool:
        return any(self.data.get(name) for name in SELDOM)

    def filters(self) -> dict[str, str]:
        """Return what was chosen as the address says it, with the view that is meant where it names none."""
        chosen = {"view": str(self.selection().view)}
        return chosen | {
            name: str(self.data[name]) for name, value in self.cleaned_data.items() if value and name not in NO_FILTERS
        }

    def selection(self) -> Selection:
        """Return what was chosen; a filter that cannot be read narrows nothing and says so beside itself."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value and name != "saved"}
        words = given.pop("q", "")
        view = given.pop("view", usual_view(self.actor))
        return Selection(view=view if view in views_for(self.actor) else View.ALL, words=words, **given)
