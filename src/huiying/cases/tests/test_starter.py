from __future__ import annotations

import pytest

from huiying.cases.models import Category, Kind, Mood, Phrase, Route
from huiying.starter import install_starter_pack

pytestmark = pytest.mark.django_db


def test_an_empty_installation_has_a_tree_of_causes():
    late = Category.objects.get(code="logistics-late-last-mile")
    assert late.full_name == "物流延误 › 送货超时 › 派送延误"
    assert late.full_name_en == "Delivery › Late delivery › Late on the last mile"
    assert late.depth == 3
    assert Category.objects.get(code="logistics").initials == "wlyw"


def test_vip_customers_go_to_their_manager_and_faults_to_technical_support():
    first = Route.objects.first()
    assert (first.vip_only, first.to_manager) == (True, True)
    assert Route.objects.get(kind=Kind.FAULT).team.name == "技术支持组"


@pytest.mark.parametrize("mood", Mood.values)
def test_every_mood_has_an_apology_and_words_of_understanding(mood):
    steps = set(Phrase.objects.for_mood(mood).values_list("step", flat=True))
    assert steps == set(Phrase.Step.values)


def test_installing_again_changes_nothing_and_keeps_edits():
    Category.objects.filter(code="external").update(name="外部原因")
    Route.objects.filter(kind=Kind.FAULT).delete()
    before = Category.objects.count(), Route.objects.count(), Phrase.objects.count()
    install_starter_pack()
    assert (Category.objects.count(), Route.objects.count(), Phrase.objects.count()) == before
    assert Category.objects.get(code="external").name == "外部原因"
