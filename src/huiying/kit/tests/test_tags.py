import json
import re
from decimal import Decimal

from django.template import Context, Template
from django.utils import translation

ALL_BLANKS = re.compile(r"%\(")


def drawn(source, **context):
    with translation.override("en"):
        return Template(source).render(Context(context))


def test_an_icon_is_ornament_unless_it_has_a_title():
    assert 'aria-hidden="true"' in drawn('{% icon "home" %}')
    assert 'aria-label="Overdue"' in drawn('{% icon "clock" "Overdue" %}')


def test_a_name_is_escaped_in_its_avatar():
    assert drawn("{% avatar name %}", name="<b>") == '<span class="avatar" aria-hidden="true">&lt;</span>'
    assert "沈" in drawn("{% avatar name %}", name="沈悦")


def test_money_drops_empty_cents():
    assert drawn("{{ 23480|money }}") == "CNY 23,480"
    assert drawn("{{ amount|money }}", amount=Decimal("80.50")) == "CNY 80.50"


def test_the_words_for_scripts_have_blanks_that_scripts_can_fill():
    found = re.search(r'<script id="words" type="application/json">(.*)</script>', drawn("{% words %}"))
    words = json.loads(found[1])
    assert words["hoursMinutes"] == "{hours} h {minutes} min"
    assert not any(ALL_BLANKS.search(word) for word in words.values())
