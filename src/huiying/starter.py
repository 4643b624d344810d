"""The starter pack: what an empty installation begins with. Installing it again changes nothing."""

from __future__ import annotations

from huiying.cases import starter as cases
from huiying.customers import starter as customers
from huiying.deadlines import starter as deadlines
from huiying.engagement import starter as engagement
from huiying.insight import starter as insight
from huiying.notifications import starter as notifications
from huiying.staff import starter as staff

PACKS = (
    staff.install_starter_pack,
    notifications.install_starter_pack,
    deadlines.install_starter_pack,
    customers.install_starter_pack,
    cases.install_starter_pack,
    engagement.install_starter_pack,
    insight.install_starter_pack,
)


def install_starter_pack() -> None:
    """Install each app's pack, lower apps first; none overwrites what an administrator changed."""
    for install in PACKS:
        install()
