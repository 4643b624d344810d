from __future__ import annotations

from itertools import groupby
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import Count
from django.utils.timezone import localdate
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from huiying.customers.models import Customer, Status, Tag, Tier
from huiying.engagement.belongings import belongings
from huiying.engagement.policies import handing_over_for
from huiying.engagement.shares import Among, Wish
from huiying.journal.actors import Actor
from huiying.kit.forms import Boxes, Day, DeskForm, SearchedBoxes
from huiying.staff.models import User
from huiying.staff.policies import may_take_access_from


class LeaverForm(DeskForm):
    who = forms.ModelChoiceField(label=_("from whom"), queryset=User.objects.none(), empty_label=_("Whose work?"))

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["who"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = handing_over_for(by).order_by("-is_active", "name")


class SuccessionForm(DeskForm):
    """What is handed over, to whom and when: everything to all successors by load, or one person for a kind."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    kinds = forms.MultipleChoiceField(label=_("what"), widget=Boxes)
    tiers = forms.MultipleChoiceField(label=_("tier"), required=False, choices=Tier.choices, widget=Boxes)
    status = forms.ChoiceField(label=_("status"), required=False, choices=[("", _("every status")), *Status.choices])
    tag = forms.ModelChoiceField(label=_("tag"), required=False, queryset=Tag.objects.all(), empty_label=_("every tag"))
    region = forms.CharField(label=_("region"), required=False, max_length=60)
    source = forms.CharField(label=_("source"), required=False, max_length=60)
    industry = forms.CharField(label=_("industry"), required=False, max_length=60)
    successors = forms.MultipleChoiceField(
        label=_("who takes over"),
        widget=SearchedBoxes,
        help_text=_("Several: each customer goes to whoever has fewest, and all that concerns them goes along."),
    )
    reason = forms.CharField(label=_("reason"), max_length=200)
    words = forms.CharField(
        label=_("own words to whoever takes over"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("They stand above the notes."),
    )
    on = forms.DateField(
        label=_("takes effect on"),
        required=False,
        widget=Day,
        help_text=_("Empty: at once. For a later day it is planned, and can be called off until then."),
    )
    ends_access = forms.BooleanField(label=_("take access away once it is done"), required=False)

    AMONG = ("tiers", "status", "tag", "region", "source", "industry")

    def __init__(self, *args: Any, leaver: User, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        working = User.objects.working().exclude(pk=leaver.pk)
        people = working.with_standing().order_by("department__path", "name")
        nearest_first = sorted(people, key=lambda one: one.department_id != leaver.department_id)
        self.people = {str(one.pk): one for one in nearest_first}
        kinds, successors = self.fields["kinds"], self.fields["successors"]
        assert isinstance(kinds, forms.MultipleChoiceField)
        assert isinstance(successors, forms.MultipleChoiceField)
        kinds.choices = [(one.code, one.name) for one in belongings()]
        kinds.initial = [one.code for one in belongings()]
        able = {key: one for key, one in self.people.items() if any(kind.may_take(one) for kind in belongings())}
        successors.choices = by_department(able)
        self.fields["on"].widget.attrs["min"] = localdate().isoformat()
        if not (leaver.is_active and may_take_access_from(by, leaver)):
            del self.fields["ends_access"]
        names = [(key, one.name) for key, one in able.items()]
        for kind in belongings():
            choices = [("", _("as above")), *names]
            self.fields[f"own-{kind.code}"] = forms.ChoiceField(label=str(kind.name), choices=choices, required=False)

    @property
    def among_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.AMONG]

    @property
    def is_narrowed(self) -> bool:
        return any(field.value() for field in self.among_fields)

    @property
    def ending_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("reason", "words", "on", "ends_access") if name in self.fields]

    @property
    def own(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("own-")]

    def wish(self) -> Wish:
        said = self.cleaned_data
        named = {one.code: said.get(f"own-{one.code}") for one in belongings()}
        own = {code: self.people[key] for code, key in named.items() if key}
        among = {name: said.get(name) or "" for name in self.AMONG if name not in ("tiers", "tag")}
        tag = said.get("tag")
        return Wish(
            kinds=said["kinds"],
            successors=[self.people[key] for key in said["successors"]],
            among=Among(tiers=tuple(said.get("tiers") or ()), tag=tag.pk if tag else None, **among),
            own=own,
            reason=said.get("reason", ""),
            words=said.get("words", ""),
            on=said.get("on"),
            ends_access=bool(said.get("ends_access")),
        )


def by_department(people: dict[str, User]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the people as choices grouped by department, each with how many customers they have already."""
    counted = Customer.objects.current().filter(owner__in=[one.pk for one in people.values()])
    counts = dict(counted.values_list("owner").annotate(Count("pk")).order_by())
    groups = groupby(people.items(), key=lambda pair: str(pair[1].department or now_("without department")))
    return [(name, [(key, in_words(one, counts.get(one.pk, 0))) for key, one in some]) for name, some in groups]


def in_words(person: User, customers: int) -> str:
    has = ngettext("%(n)s customer", "%(n)s customers", customers) % {"n": customers}
    return " · ".join(filter(None, (person.name, str(person.team or ""), has)))
