"""The forms of allauth without what this house does not offer: no reset mails, no labels repeated inside fields."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from django.forms import Form
from django.utils.translation import gettext_lazy as _


class Plain(Form):
    """Fields with a label and nothing else; the administrator helps whoever forgot a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in {"password", "oldpassword"}:
                field.help_text = ""


class SignInForm(Plain, LoginForm):  # type: ignore[misc]  # allauth ships no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Sign-in name")
        self.fields["login"].widget.attrs["autofocus"] = True


class NewPasswordForm(Plain, ChangePasswordForm):  # type: ignore[misc]  # allauth ships no types
    pass


class ProofForm(Plain, ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    pass
