"""The ways in: signing in, the one-time link, and the very first start."""

from __future__ import annotations

from typing import cast

from allauth.account import views as allauth
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from huiying.kit.guards import DomainError
from huiying.staff.actions.first import begin
from huiying.staff.actions.people import choose_password
from huiying.staff.actors import actor_of
from huiying.staff.forms.first_start import FirstStartForm
from huiying.staff.links import holder_of, opens_first_start
from huiying.staff.models import User


def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in, through allauth; on an installation without an administrator, say how to make one."""
    if request.method == "GET" and not User.objects.administrators().exists():
        return redirect("first_help")
    return cast(HttpResponse, allauth.login(request))


@never_cache
@sensitive_post_parameters()
def welcome(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Choose a password at the address that a one-time sign-in link names, and come in."""
    user = holder_of(key, token)
    if user is None:
        return render(request, "staff/link_expired.html", status=410)
    form = SetPasswordForm(user, request.POST) if request.method == "POST" else SetPasswordForm(user)
    if request.method == "POST" and form.is_valid():
        choose_password(user, form.cleaned_data["new_password1"], by=actor_of(user))
        return enter(request, user)
    return render(request, "staff/welcome.html", {"form": form, "person": user})


def first_help(request: HttpRequest) -> HttpResponse:
    """Say how the first administrator is made; once there is one, lead to the sign-in page."""
    if User.objects.administrators().exists():
        return redirect("account_login")
    return render(request, "staff/first_help.html")


@never_cache
@sensitive_post_parameters()
def first_start(request: HttpRequest, key: str) -> HttpResponse:
    """Make the first administrator with the link that the server printed when it started."""
    if not opens_first_start(key):
        return redirect("first_help")
    form = FirstStartForm(request.POST) if request.method == "POST" else FirstStartForm()
    if request.method == "POST" and form.is_valid():
        try:
            return enter(request, begin(**form.words()))
        except DomainError as refused:
            form.refuse(refused)
    return render(request, "staff/first_start.html", {"form": form})


def enter(request: HttpRequest, user: User) -> HttpResponse:
    """Sign the person in, asking for the second step where one is set up."""
    return cast(HttpResponse, perform_login(request, Login(user=user)))
