"""Correcting a case: only what somebody else corrected meanwhile stands in the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from huiying.cases.actions import Draft, note, register, revise
from huiying.cases.forms import RevisionForm
from huiying.cases.forms.revision import text_of
from huiying.cases.models import Case
from huiying.journal.models import Entry
from huiying.kit.guards import Stale
from huiying.search.index import found_ids


@pytest.fixture
def case(town, actor):
    draft = Draft(kind="complaint", channel="phone", description="门关不严", demand="换一台新的")
    return register(draft, by=actor(town.wang), at=timezone.now())


def test_a_note_meanwhile_does_no_harm_but_the_same_field_does(case, town, actor):
    seen, wang, li = case.version, actor(town.wang), actor(town.li)
    note(case, "已致电", by=li, at=timezone.now())
    revise(case, {"level": "complex"}, version=seen, by=wang, at=timezone.now())
    revise(case, {"urgency": "urgent"}, version=seen, by=li, at=timezone.now())
    with pytest.raises(Stale) as refusal:
        revise(case, {"level": "major"}, version=seen, by=li, at=timezone.now())
    assert refusal.value.field == "level"


def test_a_corrected_case_is_found_by_its_new_words_and_by_the_old(case, town, actor):
    revise(case, {"subject": "冰箱不制冷"}, version=1, by=actor(town.wang), at=timezone.now())
    assert found_ids(Case, "制冷") == found_ids(Case, "门关") == [case.pk]


def test_the_journal_keeps_what_was_changed_but_no_words_of_the_customer(case, town, actor):
    revise(case, {"level": "major", "demand": "退款"}, version=1, by=actor(town.wang), at=timezone.now())
    entry = Entry.objects.about(case).get(verb="case_revised")
    assert entry.facts["before"] == {"level": "general"}
    assert "换一台新的" not in str(entry.facts)
    with translation.override("en"):
        assert entry.sentence == "changed core demand, level"


def as_opened(case):
    """Return what a browser sends that has opened the form and changed nothing."""
    form = RevisionForm.of(case)
    opened = {name: form.fields[name].hidden_widget().format_value(form[name].value()) for name in form.corrected}
    return {
        **{name: text_of(form, name) for name in form.fields},
        **{f"initial-{name}": value or "" for name, value in opened.items()},
    }


def test_two_corrections_meet_and_the_person_chooses(case, town, actor, sign_in):
    page, address = sign_in(town.wang), reverse("cases:revision", args=[case.number])
    opened = as_opened(Case.objects.get())
    changes = {"level": "complex", "urgency": "urgent"}
    revise(case, changes, version=case.version, by=actor(town.li), at=timezone.now())
    answer = page.post(address, {**opened, "level": "major", "demand": "退款"})
    [difference] = answer.context["form"].differences
    assert (difference.name, difference.opened == difference.now) == ("level", False)
    sent = {**answer.context["form"].data, "take-level": "theirs"}
    assert page.post(address, sent).status_code == 302
    case.refresh_from_db()
    assert (case.level, case.urgency, case.demand) == ("complex", "urgent", "退款")


def test_a_field_somebody_else_changed_is_not_changed_back(case, town, actor, sign_in):
    opened = as_opened(Case.objects.get())
    revise(case, {"level": "complex"}, version=case.version, by=actor(town.li), at=timezone.now())
    sign_in(town.wang).post(reverse("cases:revision", args=[case.number]), {**opened, "demand": "退款"})
    case.refresh_from_db()
    assert (case.level, case.demand) == ("complex", "退款")


def test_a_moment_is_not_changed_by_being_shown_to_the_minute(case, town, sign_in):
    moment = timezone.now() - timedelta(seconds=75)
    Case.objects.update(occurred_at=moment)
    opened = as_opened(Case.objects.get())
    sign_in(town.wang).post(reverse("cases:revision", args=[case.number]), {**opened, "demand": "退款"})
    case.refresh_from_db()
    assert (case.demand, case.occurred_at) == ("退款", moment)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "9999-12-31T23:59"])
def test_a_moment_that_no_page_could_show_is_not_kept(case, town, sign_in, moment):
    opened = as_opened(Case.objects.get())
    page, address = sign_in(town.wang), reverse("cases:revision", args=[case.number])
    assert page.post(address, {**opened, "occurred_at": moment}).status_code == 422
    case.refresh_from_db()
    assert case.occurred_at is None
