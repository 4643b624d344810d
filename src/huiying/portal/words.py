"""What happened, in words a customer understands in ten seconds."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiying.cases import verbs
from huiying.cases.lifecycle import Stage
from huiying.kit.guards import Sentence

HAPPENED: dict[str, Sentence] = {
    verbs.REGISTERED.code: _("We have your matter on record"),
    verbs.ACCEPTED.code: _("{owner} takes care of your matter"),
    verbs.PROMISED.code: _("We made you a promise"),
    verbs.FOUND_OUT.code: _("We found out what happened"),
    verbs.OFFERED.code: _("We proposed a solution"),
    verbs.OFFER_ACCEPTED.code: _("You agreed to the solution"),
    verbs.OFFER_DECLINED.code: _("You did not agree; we are working on a better one"),
    verbs.CARRIED_OUT.code: _("Everything agreed has been done"),
    verbs.CURED.code: _("You confirmed that it is solved"),
    verbs.NOT_CURED.code: _("It is not solved yet; we continue"),
    verbs.CLOSED.code: _("Closed"),
    verbs.REOPENED.code: _("We took it up again"),
    verbs.WITHDRAWN.code: _("You withdrew it"),
    verbs.URGED.code: _("You urged us"),
    verbs.CALL_WANTED.code: _("You asked us to call"),
    verbs.SPLIT_OFF.code: _("Your other matter goes on by itself as {number}"),
    verbs.SPLIT_FROM.code: _("We handle it apart from {number}, so that neither waits for the other"),
}

AHEAD: dict[Stage, tuple[Sentence, ...]] = {
    Stage.RECEIVED: (_("A colleague takes it on"), _("We find out what happened"), _("We propose a solution")),
    Stage.ACCEPTED: (_("We find out what happened"), _("We propose a solution"), _("You confirm that it is solved")),
    Stage.INVESTIGATING: (_("We propose a solution"), _("We carry it out"), _("You confirm that it is solved")),
    Stage.DRAFTING: (_("You decide on the solution"), _("We carry it out"), _("You confirm that it is solved")),
    Stage.AGREEING: (_("We carry it out"), _("You confirm that it is solved")),
    Stage.EXECUTING: (_("You confirm that it is solved"),),
    Stage.CONFIRMING: (_("Closed"),),
}

NOW: dict[Stage, Sentence] = {
    Stage.RECEIVED: _("A colleague is about to take it on"),
    Stage.ACCEPTED: _("We are looking into it"),
    Stage.INVESTIGATING: _("We are finding out what happened"),
    Stage.DRAFTING: _("We are working out a solution"),
    Stage.AGREEING: _("Waiting for your decision"),
    Stage.EXECUTING: _("We are carrying it out"),
    Stage.CONFIRMING: _("Waiting for your confirmation"),
}

CONFIRMED: Sentence = _("You confirmed it; we will close it")
