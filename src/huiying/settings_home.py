"""The home of the settings: every page that changes how Huiying works, with what it changes and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from huiying.frame import address
from huiying.kit.guards import Sentence
from huiying.kit.text import folded
from huiying.staff.http import DeskRequest

ME, PEOPLE, WORK, TRUST = _("Me"), _("People"), _("Work"), _("Trust")


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page of settings: `effect` says what it changes and for whom; `power` is what opens it."""

    group: Sentence
    door: str
    icon: str
    name: Sentence
    effect: Sentence
    power: str = ""

    @property
    def address(self) -> str:
        return address(self.door)

    def answers(self, query: str) -> bool:
        return folded(query).strip() in folded(f"{self.name} {self.effect} {self.group}")


PAGES = (
    Page(
        group=ME,
        door="profile",
        icon="user",
        name=_("My profile"),
        effect=_("Name, phone, language: how colleagues see you and how Huiying speaks to you"),
    ),
    Page(
        group=ME,
        door="account_change_password",
        icon="key",
        name=_("Password"),
        effect=_("The password you sign in with"),
    ),
    Page(
        group=ME,
        door="mfa_index",
        icon="shield-lock",
        name=_("Two-step sign-in"),
        effect=_("A code from your phone besides the password, and recovery codes"),
    ),
    Page(
        group=ME,
        door="usersessions_list",
        icon="devices",
        name=_("Where I am signed in"),
        effect=_("Your sessions, and ending the others"),
    ),
    Page(
        group=ME,
        door="tokens",
        icon="api",
        name=_("Keys for programs"),
        effect=_("Tokens with which programs act as you over the interface"),
    ),
    Page(
        group=ME,
        door="notice_habits",
        icon="bell",
        name=_("What I am told"),
        effect=_("Of what you are told over which roads, your quiet hours, and how often mails come"),
    ),
    Page(
        group=ME,
        door="absences",
        icon="beach",
        name=_("Absences and substitutes"),
        effect=_("When you are away and who stands in; new cases go round you"),
    ),
    Page(
        group=PEOPLE,
        door="settings_people",
        icon="users",
        name=_("People"),
        effect=_("Who works here, their role and team; access, new sign-in links"),
        power="people.manage",
    ),
    Page(
        group=PEOPLE,
        door="settings_departments",
        icon="hierarchy",
        name=_("Departments and teams"),
        effect=_("Whose cases somebody sees, and whom a late clock calls in"),
        power="people.manage",
    ),
    Page(
        group=PEOPLE,
        door="settings_roles",
        icon="id-badge",
        name=_("Roles"),
        effect=_("Powers, sight and approval limit, for everybody of a role"),
        power="people.manage",
    ),
    Page(
        group=WORK,
        door="cases:settings_categories",
        icon="tags",
        name=_("Categories"),
        effect=_("The causes that cases are filed under"),
        power="settings.manage",
    ),
    Page(
        group=WORK,
        door="cases:settings_routes",
        icon="arrow-fork",
        name=_("Routes"),
        effect=_("Which team a new case goes to"),
        power="settings.manage",
    ),
    Page(
        group=WORK,
        door="cases:settings_kind_rules",
        icon="sitemap",
        name=_("Parts and hand-overs"),
        effect=_("Which kinds of case close before their parts, and which are accepted at every change of owner"),
        power="settings.manage",
    ),
    Page(
        group=WORK,
        door="customers:settings_tiers",
        icon="diamond",
        name=_("Tiers of customers"),
        effect=_("By which rules customers become VIP, high value, potential or ordinary; tried before they hold"),
        power="settings.manage",
    ),
    Page(
        group=WORK,
        door="customers:settings_perks",
        icon="gift",
        name=_("Perks"),
        effect=_("What customers of each tier are entitled to, shown to whoever serves them"),
        power="settings.manage",
    ),
    Page(
        group=WORK,
        door="engagement:settings_occasions",
        icon="cake",
        name=_("Birthdays and anniversaries"),
        effect=_("How many days ahead account managers are told of them"),
        power="settings.manage",
    ),
    Page(
        group=WORK,
        door="customers:settings_reviews",
        icon="clipboard-check",
        name=_("Reviews of archives"),
        effect=_("After how many months the archive of each customer is to be looked through, by tier"),
        power="settings.manage",
    ),
    Page(
        group=WORK,
        door="engagement:settings_care",
        icon="heart-handshake",
        name=_("Care of customers"),
        effect=_("How often customers of each tier hear from us, by what means, and when nobody is disturbed"),
        power="settings.manage",
    ),
    Page(
        group=WORK,
        door="deadlines:settings_policies",
        icon="clock",
        name=_("Deadlines"),
        effect=_("How long each step may take, when it warns and whom it calls in; for cases from then on"),
        power="settings.manage",
    ),
    Page(
        group=WORK,
        door="engagement:settings_onboarding",
        icon="route",
        name=_("Onboarding of new customers"),
        effect=_("Whose onboarding begins by itself; how long its steps may take stands under Deadlines"),
        power="settings.manage",
    ),
    Page(
        group=WORK,
        door="engagement:settings_pool",
        icon="users-group",
        name=_("Public pool"),
        effect=_("When customers without contact go back to the pool, who may lock them, how many one may claim"),
        power="settings.manage",
    ),
    Page(
        group=WORK,
        door="engagement:settings_introductions",
        icon="user-heart",
        name=_("Introducing new account managers"),
        effect=_("What customers of each tier hear once somebody else looks after them: nothing, a message, or a call"),
        power="settings.manage",
    ),
    Page(
        group=WORK,
        door="deadlines:settings_calendars",
        icon="calendar",
        name=_("Working calendar"),
        effect=_("Working hours, holidays and make-up workdays that every deadline counts by"),
        power="settings.manage",
    ),
    Page(
        group=WORK,
        door="insight:settings",
        icon="diamond",
        name=_("Value and churn"),
        effect=_("How customer value is foreseen, what counts as a sign that somebody may leave, and when it warns"),
        power="settings.manage",
    ),
    Page(
        group=WORK,
        door="insight:recipes",
        icon="heart-handshake",
        name=_("Ways to win customers back"),
        effect=_("The steps and deadlines offered when somebody sets out to win a customer back"),
        power="settings.manage",
    ),
    Page(
        group=WORK,
        door="notice_defaults",
        icon="bell",
        name=_("Notices by role"),
        effect=_("What colleagues of each role are told and over which roads, unless they chose otherwise"),
        power="settings.manage",
    ),
    Page(
        group=WORK,
        door="engagement:templates",
        icon="mail",
        name=_("Templates"),
        effect=_("What is written to many customers, and the rules it is sent by"),
        power="care.lead",
    ),
    Page(
        group=WORK,
        door="engagement:need_rules",
        icon="adjustments-horizontal",
        name=_("Rules of suggestions"),
        effect=_("From which words and figures needs of customers are suggested"),
        power="care.lead",
    ),
    Page(
        group=WORK,
        door="notice_robots",
        icon="robot",
        name=_("Robots for notices"),
        effect=_("Groups of WeCom, DingTalk and Feishu in which teams or the whole company are told"),
        power="settings.manage",
    ),
    Page(
        group=WORK,
        door="notice_sms",
        icon="message",
        name=_("SMS gateway"),
        effect=_("Over which provider short messages go to colleagues who want them"),
        power="settings.manage",
    ),
    Page(
        group=WORK,
        door="notice_dispatches",
        icon="send",
        name=_("Sent notices"),
        effect=_("What left for whom over which road, what did not arrive, and sending it once more"),
        power="settings.manage",
    ),
    Page(
        group=WORK,
        door="intake:mails",
        icon="mail",
        name=_("Incoming mail"),
        effect=_("What came in, what became of it, and what was kept aside"),
        power="mail.manage",
    ),
    Page(
        group=TRUST,
        door="settings_log",
        icon="list-search",
        name=_("Operation log"),
        effect=_("Who did what and when, for everybody; nothing in it can be changed"),
        power="audit.read",
    ),
    Page(
        group=TRUST,
        door="settings_health",
        icon="heartbeat",
        name=_("Health"),
        effect=_("What is late or broken, when each part last ran, how old the backup is"),
        power="settings.manage",
    ),
)


@require_GET
def settings_home(request: DeskRequest) -> HttpResponse:
    """List the pages the actor may open, or those that answer to the words."""
    query = request.GET.get("q", "")
    shown = [page for page in PAGES if page.answers(query) and may_open(request, page)]
    groups = [(group, list(pages)) for group, pages in groupby(shown, key=lambda page: page.group)]
    return render(request, "settings.html", {"groups": groups, "query": query})


def may_open(request: DeskRequest, page: Page) -> bool:
    return bool((not page.power or request.actor.can(page.power)) and page.address)
