"""Links that let somebody in once: a person's first sign-in or lost access, and the very first administrator."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from huiying.staff.models import User


def sign_in_link(user: User, *, absolute: bool = True) -> str:
    """Return the address at which the person chooses a password.

    It is good for settings.PASSWORD_RESET_TIMEOUT seconds, and until it is used or the person signs in.
    """
    key = urlsafe_base64_encode(force_bytes(user.pk))
    path = reverse("welcome", args=[key, default_token_generator.make_token(user)])
    return settings.PUBLIC_URL + path if absolute else path


def holder_of(key: str, token: str) -> User | None:
    """Return whom the link lets in, or None when it is wrong, used or too old."""
    try:
        pk = int(urlsafe_base64_decode(key))
    except (ValueError, OverflowError):
        return None
    user = User.objects.working().with_standing().filter(pk=pk).first()
    return user if user is not None and default_token_generator.check_token(user, token) else None


def first_start_path() -> str:
    """Return the path at which the first administrator is made; it is worth nothing once there is one."""
    return reverse("first_start", args=[first_start_key()])


def first_start_key() -> str:
    return salted_hmac("huiying.first-start", "administrator", algorithm="sha256").hexdigest()[:40]


def opens_first_start(key: str) -> bool:
    return constant_time_compare(key, first_start_key()) and not User.objects.administrators().exists()
