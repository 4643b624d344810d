from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How a word reached us or leaves us (stable codes, SPEC C2)."""

    PHONE = "phone", _("phone")
    EMAIL = "email", _("e-mail")
    WEB = "web", _("web form")
    CHAT = "chat", _("online chat")
    MANAGER = "manager", _("account manager")
    WECHAT = "wechat", _("WeChat")
    WECOM = "wecom", _("WeCom")
    SOCIAL = "social", _("social media")
    API = "api", _("interface")
    IMPORT = "import", _("file import")


class Endpoint(models.Model):
    """One door to the outside: a mailbox, a form, a robot. `settings` holds what its adapter needs, without secrets."""

    channel = models.CharField(max_length=12, choices=Channel)
    name = models.CharField(_("name"), max_length=60)
    address = models.CharField(_("address"), max_length=200)
    settings = models.JSONField(default=dict)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "address"], name="endpoint_once")]

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>"
