"""What a customer's timeline is made of: strands of what was done and said, and the kinds one can choose among them.

A strand tells rows of one model at the moment they took place: orders, records of contact, words, deeds of the journal.
Apps above name theirs in the wiring.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar, Literal

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate, make_aware

from huiying.journal.actors import Actor
from huiying.journal.verbs import Verb
from huiying.kit.guards import Sentence

Row = Any  # a row of the strand's model


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line. `kind` is "event", "in" or "out"; `subject` and `address` name what it is about, where that is not
    the customer. `said` is what somebody wrote down of it. `day` stands where no time of day is known."""

    key: str
    kind: Literal["event", "in", "out"]
    at: datetime
    text: str
    who: str = ""
    subject: str = ""
    address: str = ""
    said: str = ""
    loud: bool = False
    day: date | None = None


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What of the story is asked for: kinds by their codes (none: all), days from and to, words that stand in it."""

    kinds: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None
    words: tuple[str, ...] = ()

    @property
    def narrows(self) -> bool:
        return bool(self.kinds or self.since or self.until or self.words)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A choice of the filter. `subjects` are labels of models, or of a whole app with a dot at the end; of several
    that fit, the longest decides. `verbs` are deeds that belong here whatever they are about.

    `named` says by which columns the things are found that a line is about, as they are named on it.
    """

    code: str
    name: Sentence
    subjects: tuple[str, ...] = ()
    verbs: tuple[Verb, ...] = ()
    named: tuple[Named, ...] = ()


@dataclass(frozen=True)
class Named:
    """Things with a name of their own, each of one customer."""

    model: type[models.Model]
    columns: tuple[str, ...]

    def saying(self, word: str, keys: Sequence[int]) -> Q:
        """Return the condition on what is about a thing that bears the word in its name."""
        bears = contains(word, self.columns)
        found = self.model._default_manager.filter(bears, customer_id__in=keys)
        return Q(subject_type=self.model._meta.label_lower, subject_id__in=found.values("pk"))


class Strand(ABC):
    """Rows of one model that tell a part of the story.

    `moment` names the column with the moment, or the day, at which it took place. `tells` are deeds of the journal that
    the strand tells in its own words. `finds_words` says that the database finds the words itself, all and no others.
    """

    moment: ClassVar[str] = "at"
    finds_words: ClassVar[bool] = True
    tells: ClassVar[tuple[Verb, ...]] = ()

    @abstractmethod
    def rows(self, keys: Sequence[int], wanted: Wanted) -> models.QuerySet[Any]:
        """Return the rows of the customers with these keys that are of a kind and hold the words wanted."""

    @abstractmethod
    def items(self, rows: Sequence[Row], by: Actor) -> dict[int, Item]:
        """Return the lines of those that the actor may see, by their keys."""

    def at(self, row: Row) -> datetime:
        """Return the row's place in time; a day stands at its beginning."""
        when: date = getattr(row, self.moment)
        return when if isinstance(when, datetime) else begins(when)


def contains(word: str, columns: Sequence[str]) -> Q:
    """Return the condition that one of the columns holds the word; Han knows no case, and is found in half the time."""
    way = "icontains" if word.upper() != word.lower() else "contains"
    condition = Q()
    for column in columns:
        condition |= Q(**{f"{column}__{way}": word})
    return condition


def saying(rows: models.QuerySet[Any], words: Sequence[str], columns: Sequence[str]) -> models.QuerySet[Any]:
    """Keep the rows that hold every word in one of the columns."""
    for word in words:
        rows = rows.filter(contains(word, columns))
    return rows


def begins(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))


def within(rows: models.QuerySet[Any], moment: str, wanted: Wanted) -> models.QuerySet[Any]:
    """Keep what took place on the days wanted."""
    has_time = isinstance(rows.model._meta.get_field(moment), models.DateTimeField)
    if wanted.since:
        rows = rows.filter(**{f"{moment}__gte": begins(wanted.since) if has_time else wanted.since})
    if wanted.until:
        after = wanted.until + timedelta(days=1)
        rows = rows.filter(**{f"{moment}__lt": begins(after) if has_time else after})
    return rows


@dataclass(frozen=True, order=False)
class Place:
    """A place in the story: a moment, the rank of a strand, the key of a row in it."""

    at: datetime
    rank: int
    pk: int

    def before(self, model: type[models.Model], moment: str, rank: int) -> Q:
        """Return the condition on the rows of a strand that come after this place, which is: lie further back."""
        at: date = self.at
        if not isinstance(model._meta.get_field(moment), models.DateTimeField):
            at = localdate(self.at)
            if begins(at) < self.at:
                return Q(**{f"{moment}__lte": at})
        if rank < self.rank:
            return Q(**{f"{moment}__lt": at})
        up_to = Q(**{f"{moment}__lte": at})
        return up_to if rank > self.rank else up_to & (Q(**{f"{moment}__lt": at}) | Q(pk__lt=self.pk))


@dataclass
class _Installed:
    strands: list[Strand] = field(default_factory=list)
    kinds: list[Kind] = field(default_factory=list)


_installed = _Installed()


def install(strands: Iterable[Strand], kinds: Iterable[Kind]) -> None:
    """Make known what tells the story, and the kinds it can be narrowed to, in the order in which they are offered."""
    _installed.strands[:] = strands
    _installed.kinds[:] = kinds


def strands() -> list[Strand]:
    return list(_installed.strands)


def kinds() -> list[Kind]:
    return list(_installed.kinds)
