"""Whether the installation is empty, holds only the sample, or more; and the sample's sign-ins, kept for its owner."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

from django.conf import settings

from huiying.cases.models import Case
from huiying.customers.models import Customer
from huiying.demo.cast import SAMPLE, SignIn
from huiying.journal.models import Entry
from huiying.staff import verbs
from huiying.staff.models import User


def is_empty() -> bool:
    return not (User.objects.exists() or Customer.objects.exists() or Case.objects.exists())


def holds_only_the_sample() -> bool:
    """Say whether everybody here came with the sample, so that nobody loses work when it goes."""
    added = Entry.objects.filter(verb=verbs.PERSON_ADDED.code, actor_name=SAMPLE.name)
    ours = set(added.values_list("subject_id", flat=True))
    return bool(ours) and not User.objects.exclude(pk__in=ours).exists()


def begin() -> None:
    """Mark that the sample is being made; whoever finds the mark later knows that it was broken off."""
    mark().touch()


def is_unfinished() -> bool:
    return mark().exists() and holds_only_the_sample()


def keep(sign_ins: list[SignIn]) -> None:
    """Keep the sign-ins of the finished sample in the data folder, readable by its owner alone."""
    descriptor = os.open(place(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump([asdict(sign_in) for sign_in in sign_ins], file, ensure_ascii=False)
    mark().unlink(missing_ok=True)


def kept() -> list[SignIn]:
    if not place().exists():
        return []
    return [SignIn(**each) for each in json.loads(place().read_text())]


def forget() -> None:
    place().unlink(missing_ok=True)
    mark().unlink(missing_ok=True)


def mark() -> Path:
    return Path(settings.DATA_DIR) / "sample-unfinished"


def place() -> Path:
    return Path(settings.DATA_DIR) / "sample-sign-ins.json"
