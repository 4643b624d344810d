"""What people see and change about themselves: profile, keys for programs, shift, language."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from huiying.kit.guards import DomainError
from huiying.staff.actions.people import change_profile, choose_language
from huiying.staff.actions.shift import end_shift, start_shift
from huiying.staff.actions.tokens import create_token, revoke_token
from huiying.staff.actors import actor_of
from huiying.staff.forms.person import ProfileForm
from huiying.staff.forms.token import TokenForm
from huiying.staff.http import DeskRequest
from huiying.staff.models import Token


def profile(request: DeskRequest) -> HttpResponse:
    form = ProfileForm(request.POST) if request.method == "POST" else ProfileForm.of(request.user)
    if form.is_bound and form.is_valid():
        try:
            change_profile(request.user, form.draft(), by=request.actor)
        except DomainError as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Your profile was saved."))
            return redirect("profile")
    return render(request, "staff/profile.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
def tokens(request: DeskRequest) -> HttpResponse:
    """List one's tokens, or create one and show its secret in the answer, this once."""
    form = TokenForm(request.POST) if request.method == "POST" else TokenForm()
    secret = ""
    if form.is_bound and form.is_valid():
        _token, secret = create_token(
            request.user,
            form.cleaned_data["name"],
            scopes=form.scopes(),
            expires_at=form.expires_at(),
            by=request.actor,
        )
        form = TokenForm()
    mine = request.user.tokens.filter(revoked_at=None)
    context = {"form": form, "tokens": mine, "secret": secret, "now": now()}
    return render(request, "staff/tokens.html", context, status=422 if form.is_bound else 200)


@require_POST
def token_revocation(request: DeskRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(Token.objects.select_related("user__role"), pk=pk, user=request.user)
    revoke_token(token, by=request.actor, at=now())
    messages.success(request, _("“%(name)s” opens nothing any more.") % {"name": token.name})
    return redirect("tokens")


@require_POST
def shift(request: DeskRequest) -> HttpResponse:
    """Come on shift or go off it, and stay on the same page."""
    turn = end_shift if request.user.is_on_shift else start_shift
    turn(request.user, by=request.actor)
    back = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if ours else "/")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Speak the chosen language in this browser and, to somebody signed in, everywhere."""
    chosen = request.POST.get("language", "")
    if request.user.is_authenticated and check_for_language(chosen):
        choose_language(request.user, chosen, by=actor_of(request.user))
    return set_language(request)
