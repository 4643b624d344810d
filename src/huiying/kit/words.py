"""The words that scripts in the page may say; `{name}` marks a blank that the script fills."""

from __future__ import annotations

from django.utils.translation import gettext as _

BLANKS = {blank: f"{{{blank}}}" for blank in ("count", "days", "hours", "minutes", "span", "time")}


def script_words() -> dict[str, str]:
    """Return every word by its name in frontend/src, in the language of the request."""
    words = {
        "timeLeft": _("%(span)s left"),
        "overdueBy": _("overdue by %(span)s"),
        "overBy": _("over by %(span)s"),
        "moment": _("less than a minute"),
        "minutes": _("%(minutes)s min"),
        "hours": _("%(hours)s h"),
        "hoursMinutes": _("%(hours)s h %(minutes)s min"),
        "days": _("%(days)s d"),
        "daysHours": _("%(days)s d %(hours)s h"),
        "draftSaved": _("Draft saved %(time)s"),
        "draftNotSaved": _("The draft could not be saved; trying again. Please keep this page open."),
        "close": _("Close"),
        "ticked": _("%(count)s ticked"),
        "allTicked": _("ticked:"),
        "moveTo": _("Move to"),
        "reconnecting": _("Connection lost, reconnecting …"),
        "notSent": _("The server cannot be reached. Nothing was changed; please try again."),
        "notFound": _("This is no longer there, or you may not see it."),
        "serverError": _(
            "Something went wrong on our side. Please try again; if it happens again, tell your administrator."
        ),
        "signedOut": _(
            "You have been signed out. Sign in again in another tab, then repeat; nothing typed here is lost."
        ),
        "unhandled": _("Something on this page did not work. Please load it again."),
    }
    return {name: word % BLANKS if "%(" in word else word for name, word in words.items()}
