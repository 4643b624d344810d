"""Powers: what a role may do, by stable code. A policy asks `by.can(power)`; the roles page lists them by group."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiying.kit.guards import Sentence

ADMINISTER = "settings.manage"

POWERS: dict[Sentence, dict[str, Sentence]] = {
    _("Cases"): {
        "cases.see": _("see cases"),
        "cases.register": _("register a case"),
        "cases.accept": _("accept a case"),
        "cases.assign": _("assign a case"),
        "cases.work": _("investigate, answer and note"),
        "cases.offer": _("offer a solution"),
        "cases.approve": _("approve offers beyond a colleague's limit"),
        "cases.close": _("confirm and close"),
        "cases.reopen": _("reopen a case"),
        "cases.discard": _("mark a case withdrawn or invalid"),
        "cases.import": _("import cases from a file"),
        "cases.export": _("export cases"),
    },
    _("Customers"): {
        "customers.see": _("see customers"),
        "customers.edit": _("create and edit customers"),
        "customers.uncover": _("see whole phone numbers and addresses"),
        "customers.import": _("import customers from a file"),
        "customers.export": _("export customers"),
        "customers.merge": _("merge two entries of one customer, and undo it"),
        "customers.amounts": _("see amounts of money in the archive"),
    },
    _("Care"): {
        "care.work": _("plan and record contacts, work on needs and warnings"),
        "care.claim": _("claim customers from the public pool"),
        "care.lead": _("plan for colleagues, send to many, see the coverage of teams"),
        "care.hand_over": _("hand over one's own work and that of the people one leads"),
        "care.hand_over_all": _("hand over anybody's work"),
    },
    _("Administration"): {
        "people.manage": _("manage people, teams and roles"),
        ADMINISTER: _("change settings"),
        "mail.manage": _("see and re-file incoming mail"),
        "audit.read": _("read the operation log"),
    },
}

ALL_POWERS = frozenset(code for group in POWERS.values() for code in group)
