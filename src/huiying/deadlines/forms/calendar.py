from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.deadlines.actions.calendar import CalendarDraft
from huiying.deadlines.arithmetic.calendar import Opening, Week
from huiying.deadlines.arithmetic.hours import parse_hours, say_opening
from huiying.deadlines.arithmetic.icalendar import read_icalendar
from huiying.deadlines.arithmetic.state_council import OFFICE_HOURS, Announcement, read_holiday_json
from huiying.deadlines.models import Calendar, CalendarDay
from huiying.kit.forms import Day, DeskForm, Segmented
from huiying.kit.guards import BadInput, DomainError
from huiying.staff.models import Department

WEEKDAYS = {
    "mon": _("Monday"),
    "tue": _("Tuesday"),
    "wed": _("Wednesday"),
    "thu": _("Thursday"),
    "fri": _("Friday"),
    "sat": _("Saturday"),
    "sun": _("Sunday"),
}
LARGEST_FILE = 1024 * 1024


class CalendarForm(DeskForm):
    """Whose calendar it is, and where its holidays come from."""

    name = forms.CharField(label=_("name"), max_length=60)
    name_en = forms.CharField(label=_("English name"), max_length=60, required=False)
    zone = forms.CharField(label=_("time zone"), max_length=60, initial="Asia/Shanghai")
    department = forms.ModelChoiceField(
        label=_("department"),
        queryset=Department.objects.none(),
        required=False,
        help_text=_("Clocks of this department and those below it run by this calendar."),
    )
    base = forms.ModelChoiceField(label=_("takes its holidays from"), queryset=Calendar.objects.none(), required=False)

    def __init__(self, *args: Any, calendar: Calendar | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Calendar.objects.exclude(pk=calendar.pk) if calendar else Calendar.objects.all()
        self.fields["base"].queryset = others  # type: ignore[attr-defined]  # a model choice
        self.fields["department"].queryset = Department.objects.filter(active=True)  # type: ignore[attr-defined]

    @classmethod
    def of(cls, calendar: Calendar) -> CalendarForm:
        initial = {name: getattr(calendar, name) for name in ("name", "name_en", "zone")}
        keys = {"department": calendar.department_id, "base": calendar.base_id}
        return cls(initial=initial | keys, calendar=calendar)

    def draft(self) -> CalendarDraft:
        return CalendarDraft(**self.cleaned_data)


class WeekForm(DeskForm):
    """The ordinary week from a day on: hours by weekday, an empty one is a day off."""

    from_day = forms.DateField(label=_("in force from"), widget=Day, initial=date.today)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in WEEKDAYS.items():
            field = forms.CharField(label=label, required=False, max_length=120)
            field.widget.attrs["placeholder"] = OFFICE_HOURS
            self.fields[name] = field

    @classmethod
    def of(cls, week: Week, *, from_day: date) -> WeekForm:
        hours = {name: say_opening(opening) for name, opening in zip(WEEKDAYS, week, strict=True)}
        return cls(initial=hours | {"from_day": from_day})

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name in WEEKDAYS:
            text = cleaned.get(name, "")
            try:
                cleaned[name] = parse_hours(text) if text.strip() else ()
            except DomainError as wrong:
                self.add_error(name, str(wrong))
        return cleaned

    def week(self) -> Week:
        openings = cast("list[Opening]", [self.cleaned_data[name] for name in WEEKDAYS])
        mon, tue, wed, thu, fri, sat, sun = openings
        return (mon, tue, wed, thu, fri, sat, sun)


class DayForm(DeskForm):
    """One dated exception."""

    day = forms.DateField(label=_("day"), widget=Day)
    working = forms.ChoiceField(
        label=_("that day"), choices=[("off", _("is a day off")), ("on", _("is a working day"))], widget=Segmented
    )
    name = forms.CharField(label=_("name"), max_length=60, required=False)
    hours = forms.CharField(
        label=_("hours"), max_length=120, required=False, help_text=_("Empty: the hours of an ordinary working day.")
    )

    def row(self) -> CalendarDay:
        """Return the exception, unsaved. Raises BadInput for hours that cannot be read."""
        said = self.cleaned_data
        working = said["working"] == "on"
        opening = parse_hours(said["hours"]) if working and said["hours"].strip() else ()
        hours = [[each.opens, each.closes] for each in opening]
        return CalendarDay(day=said["day"], working=working, name=said["name"], hours=hours)


class HolidaysForm(DeskForm):
    """The yearly announcement as a file."""

    file = forms.FileField(
        label=_("holiday file"), help_text=_("The JSON of holiday-cn, or an .ics calendar with 休 and 班.")
    )

    def announcement(self) -> Announcement:
        """Return what the file announces. Raises BadInput."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise BadInput(_("A holiday file is smaller than 1 MB."), field="file")
        try:
            text = file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise BadInput(_("This file is not written in UTF-8."), field="file") from None
        return read_icalendar(text) if "BEGIN:VCALENDAR" in text else read_holiday_json(text)
