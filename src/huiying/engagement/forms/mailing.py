from __future__ import annotations

import re
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Status, Tag, Tier
from huiying.engagement.actions.mailing import MailingDraft
from huiying.engagement.actions.template import TemplateDraft
from huiying.engagement.models.interaction import Means
from huiying.engagement.models.mailing import Mailing, MailingRules
from huiying.engagement.models.template import SENT_BY, Template
from huiying.kit.forms import Day, DeskForm, Moment, Segmented
from huiying.staff.models import User

NUMBERS_AT_MOST = 500


class TemplateForm(DeskForm):
    name = forms.CharField(label=_("name"), max_length=80)
    means = forms.ChoiceField(label=_("how"), choices=SENT_BY, widget=Segmented, initial=Means.EMAIL.value)
    tier = forms.ChoiceField(label=_("tier"), required=False, choices=[("", _("every tier")), *Tier.choices])
    tag = forms.ModelChoiceField(label=_("tag"), required=False, queryset=Tag.objects.all(), empty_label=_("every tag"))
    product = forms.CharField(label=_("product"), max_length=120, required=False)
    subject = forms.CharField(label=_("subject"), max_length=120, required=False)
    text = forms.CharField(label=_("text"), max_length=5000, widget=forms.Textarea(attrs={"rows": 9}))
    active = forms.BooleanField(label=_("active"), required=False, initial=True)

    @classmethod
    def of(cls, template: Template) -> Self:
        return cls(initial={name: getattr(template, name) for name in TemplateDraft.__dataclass_fields__})

    def draft(self) -> TemplateDraft:
        return TemplateDraft(**self.cleaned_data)


class MailingForm(DeskForm):
    """What is written, and to whom."""

    name = forms.CharField(label=_("name"), max_length=80, help_text=_("Only colleagues see it."))
    template = forms.ModelChoiceField(
        label=_("template"), required=False, queryset=Template.objects.none(), empty_label=_("none, own text")
    )
    means = forms.ChoiceField(label=_("how"), choices=SENT_BY, widget=Segmented, initial=Means.EMAIL.value)
    subject = forms.CharField(label=_("subject"), max_length=120, required=False)
    text = forms.CharField(label=_("text"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8}))
    tier = forms.ChoiceField(label=_("tier"), required=False, choices=[("", _("every tier")), *Tier.choices])
    status = forms.ChoiceField(label=_("status"), required=False, choices=[("", _("every status")), *Status.choices])
    owner = forms.ModelChoiceField(
        label=_("account manager"), required=False, queryset=User.objects.none(), empty_label=_("every account manager")
    )
    tag = forms.ModelChoiceField(label=_("tag"), required=False, queryset=Tag.objects.all(), empty_label=_("every tag"))
    region = forms.CharField(label=_("region"), required=False, max_length=60)
    product = forms.CharField(label=_("product bought"), required=False, max_length=120)
    quiet_since = forms.DateField(label=_("no contact since"), required=False, widget=Day)
    numbers = forms.CharField(
        label=_("or these customers, by number"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Then no filter counts."),
    )

    WORDS = ("name", "template", "means", "subject", "text")
    CHOICE = ("tier", "status", "owner", "tag", "region", "product", "quiet_since", "numbers")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = User.objects.working().order_by("name")  # type: ignore[attr-defined]
        self.fields["template"].queryset = Template.objects.active()  # type: ignore[attr-defined]

    @property
    def words_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.WORDS]

    @property
    def filter_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.CHOICE if name != "numbers"]

    @classmethod
    def of(cls, mailing: Mailing) -> Self:
        chosen = {**mailing.chosen, "numbers": " ".join(mailing.chosen.get("numbers", []))}
        words = {name: getattr(mailing, name) for name in cls.WORDS}
        return cls(initial={**chosen, **words})

    def clean_numbers(self) -> list[str]:
        numbers = [part.upper() for part in re.split(r"[\s,，、;；]+", self.cleaned_data["numbers"]) if part]
        if len(numbers) > NUMBERS_AT_MOST:
            raise forms.ValidationError(_("At most %(n)s by hand; use the filters for more.") % {"n": NUMBERS_AT_MOST})
        return numbers

    def chosen(self) -> dict[str, Any]:
        """Return whom the filters name; one that is filled in wrongly counts for nothing yet."""
        given = self.cleaned_data
        plain = {name: given.get(name) or "" for name in ("tier", "status", "region", "product")}
        keys = {name: given[name].pk if given.get(name) else None for name in ("owner", "tag")}
        day = given["quiet_since"].isoformat() if given.get("quiet_since") else ""
        return {**plain, **keys, "quiet_since": day, "numbers": given.get("numbers") or []}

    def draft(self) -> MailingDraft:
        return MailingDraft(**{name: self.cleaned_data[name] for name in self.WORDS}, chosen=self.chosen())


class ReleaseForm(DeskForm):
    starts_at = forms.DateTimeField(
        label=_("not before"), required=False, widget=Moment, help_text=_("Empty: at once, outside the quiet hours.")
    )


class MailingRulesForm(DeskForm):
    rest_days = forms.IntegerField(label=_("days between two mass messages to one contact"), min_value=1, max_value=365)
    quiet_from = forms.TimeField(label=_("quiet from"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    quiet_until = forms.TimeField(
        label=_("quiet until"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    asks_consent = forms.BooleanField(label=_("only to contacts who gave consent"), required=False)
    held_days = forms.IntegerField(label=_("days to wait for the end of a complaint"), min_value=0, max_value=60)

    @classmethod
    def of(cls, rules: MailingRules) -> Self:
        return cls(initial={name: getattr(rules, name) for name in cls.base_fields})
