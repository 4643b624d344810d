from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.renderers import TemplatesSetting
from django.test.html import parse_html
from django.utils import translation

from huiying.kit.forms import SELECT, DeskForm, OurParts, Segmented
from huiying.kit.guards import BadInput
from huiying.kit.text import LONGEST


class CallerForm(DeskForm):
    phone = forms.CharField(label="Phone", help_text="Mobile or with area code.")
    level = forms.ChoiceField(label="Level", choices=[("general", "General"), ("major", "Major")], widget=Segmented)


def test_a_field_ties_label_hint_and_error_together():
    form = CallerForm({"level": "general"})
    with translation.override("en"):
        drawn = str(form)
    assert '<label class="label" for="id_phone">Phone</label>' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'aria-describedby="id_phone_helptext id_phone_error"' in drawn
    assert 'id="id_phone_error"' in drawn
    assert '<div class="segmented"' in drawn


def test_a_text_without_a_limit_has_that_of_the_interface():
    assert CallerForm({"phone": "1" * LONGEST, "level": "major"}).is_valid()
    assert set(CallerForm({"phone": "1" * (LONGEST + 1), "level": "major"}).errors) == {"phone"}


class VisitForm(DeskForm):
    day = forms.DateField()
    at = forms.DateTimeField()


def test_a_year_that_no_calendar_reckons_with_is_refused():
    assert VisitForm({"day": "1900-01-01", "at": "2199-12-31T23:59"}).is_valid()
    for day, at in (("0001-01-01", "0001-01-01T00:00"), ("9999-12-31", "9999-12-31T23:59")):
        assert set(VisitForm({"day": day, "at": at}).errors) == {"day", "at"}


def test_a_refusal_is_shown_beside_the_field_it_names():
    form = CallerForm({"phone": "1", "level": "major"})
    assert form.is_valid()
    form.refuse(BadInput("The number lacks a digit.", field="phone"))
    form.refuse(BadInput("Too late.", field="elsewhere"))
    assert form.errors == {"phone": ["The number lacks a digit."], "__all__": ["Too late."]}


def test_a_list_of_choices_is_drawn_as_django_draws_it():
    field = forms.ChoiceField(
        choices=[("", "–"), ("a", "A & B"), ("Group", [("b", "B"), (3, "<i>C</i>")])],
        widget=forms.Select(attrs={"id": "x", "disabled": True, "hidden": False}),
    )
    ours = OurParts().render(SELECT, field.widget.get_context("pick", "b", {"class": "input"}))
    theirs = TemplatesSetting().render(SELECT, field.widget.get_context("pick", "b", {"class": "input"}))
    assert parse_html(ours) == parse_html(theirs)
    assert "<i>" not in ours


def test_nothing_chosen_is_said_in_words():
    class Choice(DeskForm):
        who = forms.TypedChoiceField(choices=[*BLANK_CHOICE_DASH, ("li", "李强")])

    drawn = str(Choice())
    assert "请选择" in drawn
    assert "---" not in drawn
