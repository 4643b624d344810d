"""Forms that look and speak the same everywhere; `{{ form }}` and `{{ form.name.as_field_group }}` draw our parts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from huiying.kit.guards import DomainError
from huiying.kit.pinyin import initials, spelled
from huiying.kit.text import LONGEST
from huiying.kit.times import YEARS

DASHES = BLANK_CHOICE_DASH[0][1]
SELECT = "django/forms/widgets/select.html"


class OurParts(TemplatesSetting):
    """Draw every form, allauth's too, with the partials of huiying/templates."""

    form_template_name = "_form.html"
    field_template_name = "_field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if template_name == SELECT:
            return drawn_select(context["widget"])
        return super().render(template_name, context, request)


def drawn_select(widget: dict[str, Any]) -> SafeString:
    """Draw what Django's select.html draws, without a template for each of a hundred options."""
    groups = (
        format_html('<optgroup label="{}">{}</optgroup>', name, drawn_options(options))
        if name
        else drawn_options(options)
        for name, options, _place in widget["optgroups"]
    )
    return format_html('<select name="{}"{}>{}</select>', widget["name"], flatatt(kept(widget)), join(groups))


def drawn_options(options: Iterable[dict[str, Any]]) -> SafeString:
    lines = (("" if one["value"] is None else one["value"], flatatt(kept(one)), said(one["label"])) for one in options)
    return format_html_join("", '<option value="{}"{}>{}</option>', lines)


def said(label: Any) -> Any:
    """Return an option's words; where Django has only dashes for "nothing chosen", ours."""
    return _("please choose") if label == DASHES else label


def kept(widget: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in widget["attrs"].items() if value is not False}


def join(parts: Iterable[str]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def ensure_known_year(day: date) -> None:
    """Raise ValidationError for a day or moment that could not be kept, shown or reckoned with."""
    if day.year not in YEARS:
        years = {"first": YEARS[0], "last": YEARS[-1]}
        raise forms.ValidationError(_("The year lies between %(first)s and %(last)s.") % years)


class DeskForm(forms.Form):
    """A form of the desk. Its labels carry no colon, and it can show why an action refused.

    No text is longer, and no day farther away, than the interface for programs takes them.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, (forms.DateField, forms.DateTimeField)):
                field.validators.append(ensure_known_year)
            elif type(field) is forms.CharField and field.max_length is None:
                field.validators.append(MaxLengthValidator(LONGEST))

    def refuse(self, error: DomainError) -> None:
        """Show the refusal beside the field it names, or above the form."""
        self.add_error(error.field if error.field in self.fields else None, str(error))

    def add_error(self, field: str | None, error: Any) -> None:
        """Note what is wrong; the page opens with the cursor in the first field that is."""
        super().add_error(field, error)
        wrong = [self.fields[name].widget for name in self.fields if name in self.errors]
        for widget in wrong:
            widget.attrs.pop("autofocus", None)
        for widget in [widget for widget in wrong if not widget.is_hidden][:1]:
            widget.attrs["autofocus"] = True


class Segmented(forms.RadioSelect):
    """Few choices side by side, one of them chosen."""

    template_name = "kit/segmented.html"


class Boxes(forms.CheckboxSelectMultiple):
    """Many choices by group, each a box to tick."""

    template_name = "kit/boxes.html"


class SearchedBoxes(Boxes):
    """Boxes in a list of its own height, found by typing: part of what stands there, or how it is read in letters."""

    template_name = "kit/searched_boxes.html"

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, label, *args, **kwargs)
        option["attrs"]["data-keys"] = f"{str(label).lower()} {initials(str(label))} {spelled(str(label))}"
        return option


class ChipBoxes(forms.CheckboxSelectMultiple):
    """Few short choices side by side, each pressed or not."""

    template_name = "kit/chips.html"


class Rounds(forms.RadioSelect):
    """Choices that need a whole line each, one of them chosen."""

    template_name = "kit/boxes.html"


class QuickSelect(forms.Select):
    """A drop-down drawn at once: Django's own draws two templates an option, which is slow for a list of people."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen = {str(one) for one in self.format_value(value)}
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, mark_safe(" selected") if str(key) in chosen else "", label) for key, label in self.choices),
        )
        attributes = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        return format_html("<select{}>{}</select>", attributes, options)


class Day(forms.DateInput):
    """A day, chosen from the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class Moment(forms.DateTimeInput):
    """A day and time of day, chosen from the browser's own calendar."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class HiddenMoment(Moment):
    """What stood in a Moment when the form was opened, to the minute like the Moment itself."""

    input_type = "hidden"
