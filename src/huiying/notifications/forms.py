from __future__ import annotations

from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.kit.forms import DeskForm, Segmented
from huiying.notifications.actions.robot import RobotDraft
from huiying.notifications.actions.sms import GatewayDraft
from huiying.notifications.habits import ASIDE, Habits
from huiying.notifications.matrix import ROBOTS, Roads
from huiying.notifications.models import Handle, Robot, SmsGateway
from huiying.notifications.models.habits import Rhythm
from huiying.staff.models import Team, User


class Hour(forms.TimeInput):
    """A time of day, chosen from the browser's own clock."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class HabitsForm(DeskForm):
    """What stands beside the matrix: quiet hours and the rhythm of mails."""

    quiet_from = forms.TimeField(label=_("Quiet from"), widget=Hour())
    quiet_until = forms.TimeField(
        label=_("Quiet until"),
        widget=Hour(),
        help_text=_("Held in the quiet hours and sent when they end; the bell goes on counting. Twice the same: none."),
    )
    breaks_quiet = forms.BooleanField(
        label=_("Escalations about VIP customers, and of clocks that run day and night, come at once"), required=False
    )
    rhythm = forms.ChoiceField(
        label=_("Mails come"),
        choices=Rhythm.choices,
        widget=Segmented(),
        help_text=_("Collected into one mail, by case. Escalations do not wait for it."),
    )
    daily_at = forms.TimeField(label=_("The daily mail comes at"), widget=Hour())

    @classmethod
    def of(cls, habits: Habits) -> Self:
        return cls(initial={name: getattr(habits, name) for name in ASIDE})

    def habits(self, roads: Roads) -> Habits:
        return Habits(roads=roads, **{name: self.cleaned_data[name] for name in ASIDE})


class TermsForm(DeskForm):
    """What holds for everybody."""

    answer_minutes = forms.IntegerField(
        label=_("Minutes to acknowledge an escalation"),
        min_value=0,
        max_value=24 * 60,
        help_text=_(
            "When nobody called in has pressed “I have seen it” by then, the next one up is told, once. 0: never."
        ),
    )


KINDS = [(road.value, road.label) for road in ROBOTS]


def unseen() -> forms.TextInput:
    """Return a field that never shows what is kept."""
    return forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})


class RobotForm(DeskForm):
    """A robot of a group. What is kept of its keys is not shown; left empty, they stay."""

    kind = forms.ChoiceField(label=_("kind"), choices=KINDS, widget=Segmented(), initial=KINDS[0][0])
    name = forms.CharField(label=_("name"), max_length=60, help_text=_("For example the name of the group."))
    team = forms.ModelChoiceField(
        label=_("team"),
        queryset=Team.objects.filter(active=True).select_related("department"),
        required=False,
        empty_label=_("the whole company"),
        help_text=_("Whoever has no robot of their own or of their team is told over the company's."),
    )
    url = forms.CharField(
        label=_("Webhook address"),
        max_length=500,
        widget=unseen(),
        help_text=_("As the group shows it when the robot is added. It is kept and not shown again."),
    )
    secret = forms.CharField(
        label=_("Signing key"),
        max_length=200,
        required=False,
        widget=unseen(),
        help_text=_("Where the robot of DingTalk or Feishu asks for signatures."),
    )

    def __init__(self, *args: Any, own: bool = False, robot: Robot | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.robot = robot
        if own:
            del self.fields["team"]
        if robot is not None:
            del self.fields["kind"]
            self.fields["url"].required = False
            self.fields["url"].help_text = _("Now {hint}. Left empty, it stays.").format(hint=robot.hint)

    @classmethod
    def of(cls, robot: Robot) -> Self:
        return cls(initial={"name": robot.name, "team": robot.team}, own=bool(robot.user_id), robot=robot)

    def draft(self) -> RobotDraft:
        said = self.cleaned_data
        return RobotDraft(
            kind=self.robot.kind if self.robot else said["kind"],
            name=said["name"],
            team=said.get("team"),
            url=said["url"].strip(),
            secret=said["secret"].strip(),
        )


class GatewayForm(DeskForm):
    """The SMS gateway. What is kept of its key is not shown; left empty, it stays."""

    url = forms.CharField(label=_("Address"), max_length=500, help_text=_("Where the provider takes messages by POST."))
    template = forms.CharField(
        label=_("Body"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "mono", "spellcheck": "false"}),
        help_text=_("JSON or a form; {phone} and {text} are filled in."),
        initial='{"mobile": "{phone}", "content": "{text}"}',
    )
    header = forms.CharField(
        label=_("Header of the key"), max_length=60, required=False, help_text=_("For example Authorization.")
    )
    secret = forms.CharField(
        label=_("Key"),
        max_length=300,
        required=False,
        widget=unseen(),
        help_text=_("It is kept and not shown again. Left empty, it stays."),
    )
    success = forms.CharField(
        label=_("A good answer contains"),
        max_length=100,
        required=False,
        help_text=_('Where the provider answers failures with 200 too, for example "code":0.'),
    )
    active = forms.BooleanField(label=_("Send short messages over this gateway"), required=False, initial=True)

    @classmethod
    def of(cls, kept: SmsGateway | None) -> Self:
        shown = ("url", "template", "header", "success", "active")
        return cls(initial={name: getattr(kept, name) for name in shown} if kept else None)

    def draft(self) -> GatewayDraft:
        return GatewayDraft(**self.cleaned_data)


class HandlesForm(DeskForm):
    """What somebody is called elsewhere; without it robots call them by their mobile number."""

    wecom = forms.CharField(label=_("WeCom user id"), max_length=80, required=False)
    dingtalk = forms.CharField(label=_("DingTalk user id"), max_length=80, required=False)
    feishu = forms.CharField(
        label=_("Feishu open id"),
        max_length=80,
        required=False,
        help_text=_("With it the robot of a group can call you. WeCom and DingTalk also know your mobile number."),
    )

    @classmethod
    def of(cls, user: User) -> Self:
        return cls(initial=dict(Handle.objects.filter(user=user).values_list("kind", "name")))
