from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.timezone import localtime, now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiying.cases.forms.person import PersonChoice
from huiying.cases.forms.task_force import by_department
from huiying.customers.drafts import Door
from huiying.customers.models import Customer
from huiying.customers.models import Status as CustomerStatus
from huiying.engagement.actions.meeting import TASKS_AT_MOST, MeetingDraft, TaskDraft
from huiying.engagement.actions.needs_analysis import AnalysisDraft
from huiying.engagement.forms.need import words
from huiying.engagement.forms.pool import carers
from huiying.engagement.models import CallingOff, Meeting, NeedsAnalysis, OnboardingRule
from huiying.engagement.onboarding_lifecycle import Status, Step
from huiying.kit.forms import Boxes, Day, DeskForm, Moment, Rounds, SearchedBoxes, Segmented
from huiying.staff.models import Department, User

WANTED = _("e.g. Three new shops want twenty water purifiers by the end of April; samples first")


class AnalysisForm(DeskForm):
    """What the customer wants."""

    type = forms.ChoiceField(label=_("type of need"), choices=NeedsAnalysis.Type.choices, widget=Segmented)
    priority = forms.ChoiceField(
        label=_("priority"),
        choices=NeedsAnalysis.Priority.choices,
        widget=Segmented,
        initial=NeedsAnalysis.Priority.MEDIUM,
    )
    wanted = words(_("what the customer wants"), rows=5)
    is_complex = forms.BooleanField(
        label=_("complex: needs several departments"),
        required=False,
        help_text=_("A cross-department meeting is asked for, with a deadline of its own."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wanted"].widget.attrs |= {"placeholder": WANTED, "autofocus": True}

    def draft(self) -> AnalysisDraft:
        return AnalysisDraft(**self.cleaned_data)


class OwnerForm(DeskForm):
    owner = PersonChoice(label=_("owner"), queryset=User.objects.none())

    def __init__(self, *args: Any, only: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = carers().filter(pk=only) if only else carers()  # type: ignore[attr-defined]


class MeetingForm(DeskForm):
    """Who met and what they decided; who does what by when stands in rows below."""

    held_at = forms.DateTimeField(label=_("when"), widget=Moment)
    people = forms.MultipleChoiceField(label=_("who took part"), widget=SearchedBoxes)
    departments = forms.ModelMultipleChoiceField(
        label=_("other departments that took part"), queryset=Department.objects.none(), required=False, widget=Boxes
    )
    guests = forms.CharField(label=_("who else took part"), max_length=200, required=False)
    decisions = words(_("what was decided"), rows=4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("held_at", localtime(now()))
        working = User.objects.working().with_standing().order_by("department__path", "name")
        self.colleagues = {str(user.pk): user for user in working}
        self.fields["people"].choices = by_department(self.colleagues)  # type: ignore[attr-defined]
        self.fields["departments"].queryset = Department.objects.filter(active=True)  # type: ignore[attr-defined]

    def moment(self) -> datetime:
        moment: datetime = self.cleaned_data["held_at"]
        return moment

    def draft(self, rows: list[dict[str, Any]]) -> MeetingDraft:
        given = self.cleaned_data
        return MeetingDraft(
            held_at=self.moment(),
            people=[self.colleagues[key] for key in given["people"]],
            departments=list(given["departments"]),
            guests=given["guests"],
            decisions=given["decisions"],
            tasks=[TaskDraft(**row) for row in rows if row.get("what")],
        )


class MeetingCorrectionForm(MeetingForm):
    """The same but for when it took place; what is given out already is not in the rows below."""

    held_at = None  # type: ignore[assignment]  # as Django lets a form leave out a field of its parent

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        self.meeting = meeting
        people = list(meeting.people.all())
        besides = {one.pk for one in meeting.departments.all()} - {person.department_id for person in people}
        initial = {
            "people": [str(person.pk) for person in people],
            "departments": besides,
            "guests": meeting.guests,
            "decisions": meeting.decisions,
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.colleagues |= {str(person.pk): person for person in people}  # some may have left since
        self.fields["people"].choices = by_department(self.colleagues)  # type: ignore[attr-defined]

    def moment(self) -> datetime:
        return self.meeting.held_at


class TaskForm(DeskForm):
    """One row: who does what by when."""

    what = forms.CharField(label=_("task"), max_length=200, required=False)
    owner = forms.ModelChoiceField(label=_("owner"), queryset=User.objects.none(), required=False)
    due_on = forms.DateField(label=_("due on"), widget=Day, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = User.objects.working().order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if any(cleaned.get(name) for name in NEEDED):
            for name, sentence in NEEDED.items():
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return cleaned


NEEDED = {
    "what": _("Please say what is to be done."),
    "owner": _("Please say who does it."),
    "due_on": _("Please say by when."),
}
TaskFormSet = forms.formset_factory(TaskForm, extra=3, max_num=8, absolute_max=TASKS_AT_MOST)


class CallingOffForm(DeskForm):
    reason = forms.ChoiceField(
        label=_("reason"),
        choices=[choice for choice in CallingOff.Reason.choices if choice[0] != CallingOff.Reason.MERGED],
        widget=Rounds,
    )
    remark = forms.CharField(label=_("remark"), max_length=200, required=False)


class DoingForm(DeskForm):
    outcome = forms.CharField(
        label=_("what came of it"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class OnboardingsFilter(DeskForm):
    """Which onboardings the work list shows; a wrong choice is as good as none."""

    whose = forms.ChoiceField(
        label=_("whose"),
        required=False,
        choices=[("me", _("mine")), ("team", _("my team's")), ("nobody", _("nobody's yet")), ("all", _("all"))],
    )
    status = forms.ChoiceField(label=_("status"), required=False, choices=Status.choices)
    step = forms.ChoiceField(
        label=_("open step"),
        required=False,
        choices=[("", pgettext_lazy("onboarding", "every step")), *Step.choices],
    )
    due = forms.ChoiceField(
        label=_("deadline"), required=False, choices=[("", _("any deadline")), ("late", _("overdue"))]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_valid()


class OnboardingRuleForm(DeskForm):
    doors = forms.MultipleChoiceField(
        label=_("Customers that were entered"),
        choices=Door.choices,
        required=False,
        widget=Boxes,
        help_text=_("None ticked: every onboarding begins by hand."),
    )
    kinds = forms.MultipleChoiceField(label=_("of these kinds"), choices=Customer.Kind.choices, widget=Boxes)
    statuses = forms.MultipleChoiceField(label=_("with these statuses"), choices=CustomerStatus.choices, widget=Boxes)

    @classmethod
    def of(cls, rule: OnboardingRule) -> OnboardingRuleForm:
        return cls(initial={name: getattr(rule, name) for name in ("doors", "kinds", "statuses")})
