"""Templates of mailings added and saved by a program."""

from __future__ import annotations

import pytest

from huiying.customers.models import Tag
from huiying.engagement.models import Template

SAID = {"name": "滤芯贴士", "means": "email", "subject": "保养", "text": "{contact}您好，{product}该换滤芯了。"}


@pytest.fixture
def robot(town, program):
    return program(town.li)


def test_a_program_adds_a_template_and_saves_its_next_version(robot):
    Tag.objects.create(name="华东")
    made = robot.post("mailing-templates", {**SAID, "tag": "华东", "tier": "vip"})
    assert made.status_code == 201
    assert (made.json()["tag"], made.json()["tier"], made.json()["version"]) == ("华东", "vip", 1)
    place = f"mailing-templates/{made.json()['id']}"
    saved = robot.patch(place, {"version": 1, "text": "新的话", "tag": "", "tier": None}).json()
    assert (saved["text"], saved["subject"], saved["tag"], saved["tier"], saved["version"]) == (
        "新的话",
        "保养",
        None,
        "",
        2,
    )
    assert robot.get(place).json() == saved
    assert Template.objects.get().versions.count() == 2
    assert robot.patch(place, {"version": 1, "text": "旧的话"}).status_code == 409


@pytest.mark.parametrize(
    "wrong", [{"text": "{kunde}您好"}, {"subject": ""}, {"means": "fax"}, {"name": ""}, {"tag": "没有"}, {"text": ""}]
)
def test_it_is_held_to_what_the_page_is_held_to(robot, wrong):
    assert robot.post("mailing-templates", {**SAID, **wrong}).status_code == 422
    assert not Template.objects.exists()


def test_a_name_stands_once(robot):
    assert robot.post("mailing-templates", SAID).status_code == 201
    assert robot.post("mailing-templates", SAID).status_code == 422


def test_who_does_not_lead_care_adds_none(town, program):
    assert program(town.wang).post("mailing-templates", SAID).status_code == 403
