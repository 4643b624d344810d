from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.kit.forms import DeskForm
from huiying.staff.drafts import DepartmentDraft, TeamDraft
from huiying.staff.models import Department, Team, User


class DepartmentForm(DeskForm):
    """A department and its place in the tree."""

    name = forms.CharField(label=_("name"), max_length=60)
    name_en = forms.CharField(label=_("English name"), max_length=60, required=False)
    parent = forms.ModelChoiceField(
        label=_("part of"),
        queryset=Department.objects.filter(active=True),
        required=False,
        empty_label=_("the company"),
    )
    head = forms.ModelChoiceField(
        label=_("head"),
        queryset=User.objects.working(),
        required=False,
        help_text=_("Escalations reach the head second, after the team lead."),
    )
    active = forms.BooleanField(label=_("active"), required=False, initial=True)

    @classmethod
    def of(cls, department: Department) -> DepartmentForm:
        plain = {name: getattr(department, name) for name in ("name", "name_en", "active")}
        return cls(initial=plain | {"parent": department.parent_id, "head": department.head_id})

    def draft(self) -> DepartmentDraft:
        return DepartmentDraft(**self.cleaned_data)


class TeamForm(DeskForm):
    """A team and the department it belongs to."""

    name = forms.CharField(label=_("name"), max_length=60)
    name_en = forms.CharField(label=_("English name"), max_length=60, required=False)
    department = forms.ModelChoiceField(label=_("department"), queryset=Department.objects.filter(active=True))
    lead = forms.ModelChoiceField(
        label=_("team lead"),
        queryset=User.objects.working(),
        required=False,
        help_text=_("Escalations reach the team lead first."),
    )
    active = forms.BooleanField(label=_("active"), required=False, initial=True)

    @classmethod
    def of(cls, team: Team) -> TeamForm:
        plain: dict[str, Any] = {name: getattr(team, name) for name in ("name", "name_en", "active")}
        return cls(initial=plain | {"department": team.department_id, "lead": team.lead_id})

    def draft(self) -> TeamDraft:
        return TeamDraft(**self.cleaned_data)
