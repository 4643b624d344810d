"""The very first form that an installation shows."""

from __future__ import annotations

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from huiying.kit.forms import DeskForm
from huiying.staff.models import User


class FirstStartForm(DeskForm):
    """Who administers this installation."""

    username = forms.CharField(label=_("sign-in name"), max_length=60)
    name = forms.CharField(label=_("full name"), max_length=60)
    password = forms.CharField(
        label=_("password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least ten characters; a sentence is easier to remember than a riddle."),
    )
    again = forms.CharField(
        label=_("password again"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean(self) -> None:
        password, again = self.cleaned_data.get("password"), self.cleaned_data.get("again")
        if password and again and password != again:
            self.add_error("again", _("The two passwords differ."))
        if password:
            somebody = User(username=self.cleaned_data.get("username", ""), name=self.cleaned_data.get("name", ""))
            try:
                password_validation.validate_password(password, somebody)
            except forms.ValidationError as weak:
                self.add_error("password", weak)

    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("username", "name", "password")}
