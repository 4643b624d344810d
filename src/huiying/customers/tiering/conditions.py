"""One condition of a tier rule: how it is kept as data, checked, asked of a customer, and read aloud."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiying.customers.tiering.words import UNITS, WORDS, Comparison, Unit, Word
from huiying.kit.guards import BadInput
from huiying.kit.templatetags.kit import money
from huiying.kit.text import folded

Fact = Decimal | str | frozenset[str] | tuple[Decimal, ...] | None
Facts = Mapping[str, Fact]
MOST_SCORES = 20
MOST_VALUES = 50
COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    Comparison.AT_LEAST: operator.ge,
    Comparison.AT_MOST: operator.le,
    Comparison.MORE: operator.gt,
    Comparison.LESS: operator.lt,
}
LIMITS: dict[Unit, tuple[int, int]] = {
    Unit.MONEY: (0, 10**13),
    Unit.PERCENT: (-100, 100_000),
    Unit.COUNT: (0, 10**6),
    Unit.YEARS: (0, 200),
    Unit.POINTS: (0, 100),
}


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A word, a comparison and a value. `number` is for words that are counted, `values` for those that are chosen;
    `last` says how many of the last scores are looked at."""

    word: str
    comparison: str
    number: Decimal = Decimal(0)
    values: tuple[str, ...] = ()
    last: int = 0

    @property
    def about(self) -> Word:
        return WORDS[self.word]

    def holds(self, facts: Facts) -> bool:
        """Say whether it is so; what is not known of a customer holds never."""
        fact = facts.get(self.word)
        if fact is None:
            return False
        if isinstance(fact, Decimal):
            return COMPARE[self.comparison](fact, self.number)
        if isinstance(fact, tuple):
            looked_at = fact[: self.last]
            return len(looked_at) == self.last and all(points >= self.number for points in looked_at)
        own = fact if isinstance(fact, frozenset) else frozenset({fact})
        return bool(own & set(self.values)) == (self.comparison == Comparison.ONE_OF)

    def kept(self) -> dict[str, Any]:
        """Return it as data."""
        plain: dict[str, Any] = {"word": self.word, "comparison": self.comparison}
        if not self.about.is_number:
            return plain | {"value": list(self.values)}
        return plain | {"value": plainly(self.number)} | ({"last": self.last} if self.last else {})

    def reads(self) -> str:
        """Return it as a person reads it: “amount of the last year at least CNY 500,000”."""
        parts: dict[str, object] = {
            "word": self.about.label,
            "comparison": Comparison(self.comparison).label,
            "value": self.value_reads(),
        }
        if self.word == "scores":
            parts["n"] = self.last
            return _("the last %(n)s survey scores %(comparison)s %(value)s") % parts
        return _("%(word)s %(comparison)s %(value)s") % parts

    def value_reads(self) -> str:
        if self.about.is_number:
            return figure_reads(self.word, plainly(self.number))
        names = dict(self.about.options()) if self.about.options else {}
        return "、".join(str(names.get(value, value)) for value in self.values)


def read_conditions(kept: Iterable[Mapping[str, Any]]) -> tuple[Condition, ...]:
    """Return the conditions kept as data. Raises BadInput for what is no condition."""
    return tuple(read_condition(one) for one in kept)


def read_condition(kept: Mapping[str, Any]) -> Condition:
    word, comparison, value = kept.get("word"), kept.get("comparison"), kept.get("value")
    about = WORDS.get(str(word))
    if about is None:
        raise BadInput(gettext_lazy("Please choose what the condition looks at."), field="word")
    if comparison not in about.comparisons:
        raise BadInput(gettext_lazy("Please choose how it is compared."), field="comparison")
    if not about.is_number:
        return Condition(word=str(word), comparison=str(comparison), values=chosen_values(about, value))
    last = scores_looked_at(kept.get("last")) if about.unit is Unit.POINTS else 0
    return Condition(word=str(word), comparison=str(comparison), number=a_number(about, value), last=last)


def a_number(about: Word, value: object) -> Decimal:
    lowest, highest = LIMITS[about.unit]
    try:
        number = Decimal(str(value).replace(",", "").replace("，", "").strip())
    except InvalidOperation:
        raise BadInput(gettext_lazy("Please enter a number."), field="value") from None
    if not number.is_finite() or not lowest <= number <= highest:
        raise BadInput(
            gettext_lazy("Please enter a number from {lowest} to {highest}.").format(lowest=lowest, highest=highest),
            field="value",
        )
    return number


def scores_looked_at(last: object) -> int:
    text = str(last or "")
    if not text.isdecimal() or not 1 <= int(text) <= MOST_SCORES:
        raise BadInput(gettext_lazy("Between 1 and {most} scores.").format(most=MOST_SCORES), field="last")
    return int(text)


def chosen_values(about: Word, value: object) -> tuple[str, ...]:
    given: Sequence[object] = value if isinstance(value, list | tuple) else [value]
    values = tuple(dict.fromkeys(str(one).strip() for one in given if one and str(one).strip()))[:MOST_VALUES]
    if about.unit is Unit.TEXT:
        values = tuple(folded(one) for one in values)
    elif about.options is not None:
        known = {code for code, _label in about.options()}
        values = tuple(one for one in values if one in known)
    if not values:
        raise BadInput(gettext_lazy("Please choose at least one value."), field="value")
    return values


def figures_of(conditions: Iterable[Condition], facts: Facts) -> dict[str, Any]:
    """Return what of the facts the conditions looked at, as the journal keeps it."""
    return {one.word: kept_fact(one, facts.get(one.word)) for one in conditions}


def kept_fact(condition: Condition, fact: Fact) -> object:
    if isinstance(fact, Decimal):
        return plainly(fact)
    if isinstance(fact, tuple):
        return [plainly(points) for points in fact[: condition.last]]
    return sorted(fact) if isinstance(fact, frozenset) else fact


def figures_read(figures: Mapping[str, Any], *, amounts: bool) -> list[tuple[str, str]]:
    """Return each kept figure as a label and how it reads, without `amounts` only those that are no money."""
    known = [(WORDS[word], word, fact) for word, fact in figures.items() if word in WORDS]
    return [
        (str(about.label), figure_reads(word, fact)) for about, word, fact in known if amounts or not about.is_amount
    ]


def without_amounts(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Return the kept figures that are no money."""
    return {word: fact for word, fact in figures.items() if word in WORDS and not WORDS[word].is_amount}


def figure_reads(word: str, fact: Any) -> str:
    about = WORDS[word]
    if fact is None:
        return str(_("not known"))
    if isinstance(fact, list):
        names = dict(about.options()) if about.options else {}
        return "、".join(str(names.get(one, one)) for one in fact) or str(_("none"))
    if about.unit is Unit.MONEY:
        return money(Decimal(fact))
    if about.is_number:
        unit = UNITS[about.unit]
        return f"{plainly(Decimal(fact).quantize(Decimal('0.1')))} {unit}"
    names = dict(about.options()) if about.options else {}
    return str(names.get(fact, fact))


def plainly(number: Decimal) -> str:
    """Return 90 for 90.00, 12.5 for 12.50."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
