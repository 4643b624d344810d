"""Watching reports as they come: those alike gather, and a gathering that is unusual for its matter is found.

Two reports are alike when the words of each hold ALIKE of the other's subject by weight, or SOMEWHAT of it and both
name one batch, product or place. People who spoke alike within WINDOW are held against how many usually do, that
matter's own base rate over BASE before it: found is a gathering of PEOPLE or more that chance alone brings less often
than CHANCE. Whatever their words, MARKED_PEOPLE of one batch, product or place with its category are one too, where
chance brings that less often than MARKED_CHANCE. How these numbers were chosen: docs/incidents.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .findings import Emergence, Finding, Joining, chance_of, expected_people
from .reports import Report, Told, Vocabulary, likeness, report_of, words_shared

WINDOW = timedelta(days=7)
BASE = timedelta(days=56)
LOOKED_BACK_AT_LEAST = timedelta(days=7)  # a house that has just begun knows little of what is usual
KEPT_AT_MOST = 20_000
ALIKE = 0.35
SOMEWHAT = 0.2
SHARED_AT_LEAST = 4
PEOPLE = 3
CHANCE = 0.001
MARKED_PEOPLE = 5
MARKED_CHANCE = 0.00001
PROFILE_TERMS = 30
PROFILE_SHARE = 0.4
PROFILE_AT_LEAST = 6
BELONGS = 0.35
MATTER_SLEEPS_AFTER = timedelta(days=28)


@dataclass
class Matter:
    """A matter known already: its reports. `people_normal` is set where a person has said that so many are normal."""

    key: str
    members: set[int]
    people_normal: int = 0
    profile: dict[int, float] = field(default_factory=dict)
    profiled: int = 0


class Watch:
    """The reports of the last weeks, by what they say. It forgets the oldest when it holds twice KEPT_AT_MOST."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self.reports: dict[int, Report] = {}
        self.saying: dict[int, list[int]] = defaultdict(list)
        self.marked: dict[str, list[int]] = defaultdict(list)
        self.alike: dict[int, set[int]] = {}
        self.first_at: datetime | None = None
        self.matters: dict[str, Matter] = {}

    @property
    def is_full(self) -> bool:
        return len(self.reports) > 2 * KEPT_AT_MOST

    def know(self, matters: Iterable[Matter]) -> None:
        """Take over which matters there are by now; what was worked out of unchanged ones is kept."""
        known = self.matters
        self.matters = {}
        for matter in matters:
            before = known.get(matter.key)
            if before is not None and before.members == matter.members:
                matter.profile, matter.profiled = before.profile, before.profiled
            self.matters[matter.key] = matter

    def remember(self, told: Told) -> Report:
        """Take a report in; one taken in already stays as it is."""
        if told.key in self.reports:
            return self.reports[told.key]
        report = report_of(told, self.vocabulary)
        self.reports[report.key] = report
        for term in report.terms:
            self.saying[term].append(report.key)
        for mark in report.marks:
            self.marked[mark].append(report.key)
        self.first_at = min(self.first_at or report.at, report.at)
        return report

    def examine(self, told: Told) -> Finding | None:
        """Take a report in; say whether it belongs to a known matter, or makes one stand out.

        What was called normal may stand out again.
        """
        report = self.remember(told)
        joining = self.joining(report)
        if joining is not None and not self.matters[joining.matter].people_normal:
            return joining
        return self.emerging_by_words(report) or self.emerging_by_marks(report) or joining

    def alike_to(self, key: int) -> set[int]:
        """Return the keys of reports alike to one, as far back as we look; worked out when first asked for."""
        if key not in self.alike:
            self.alike[key] = self.gather(self.reports[key])
            for other in self.alike[key] & self.alike.keys():
                self.alike[other].add(key)
        return self.alike[key]

    def gather(self, report: Report) -> set[int]:
        counts: Counter[int] = Counter()
        for term in report.terms:
            if not self.vocabulary.is_common(term):
                counts.update(self.saying[term])
        del counts[report.key]
        return {key for key, shared in counts.items() if shared >= SHARED_AT_LEAST and self.are_alike(report, key)}

    def are_alike(self, report: Report, key: int) -> bool:
        other = self.reports[key]
        if abs(report.at - other.at) >= WINDOW + BASE:
            return False
        needed = SOMEWHAT if set(report.marks) & set(other.marks) else ALIKE
        return likeness(report, other, self.vocabulary) >= needed

    def joining(self, report: Report) -> Joining | None:
        """Return the matter that the report speaks of, the likest where several fit."""
        fits = [
            (self.fit(report, matter), matter.key) for matter in self.matters.values() if self.is_awake(matter, report)
        ]
        best = max(fits, default=(0.0, ""))
        return Joining(key=report.key, matter=best[1], likeness=best[0]) if best[0] >= BELONGS else None

    def is_awake(self, matter: Matter, report: Report) -> bool:
        times = [self.reports[key].at for key in matter.members if key in self.reports]
        return bool(times) and report.at - max(times) <= MATTER_SLEEPS_AFTER

    def fit(self, report: Report, matter: Matter) -> float:
        """Return the share, by weight, of what the matter's reports say that this one says too."""
        profile = self.profile_of(matter)
        said = set(report.terms) & profile.keys()
        if len(profile) < PROFILE_AT_LEAST or len(said) < SHARED_AT_LEAST:
            return 0.0
        return sum(profile[term] for term in said) / sum(profile.values())

    def profile_of(self, matter: Matter) -> dict[int, float]:
        """Return the terms that many of the matter's reports hold and few others, with their weights."""
        members = [self.reports[key] for key in matter.members if key in self.reports]
        if matter.profiled == len(members):
            return matter.profile
        held = Counter(term for report in members for term in report.terms)
        elsewhere = {term: self.vocabulary.held_by[term] - count for term, count in held.items()}
        weights = {
            term: count / len(members) * self.vocabulary.weight(term)
            for term, count in held.items()
            if count >= PROFILE_SHARE * len(members) and elsewhere[term] <= self.vocabulary.common_from
        }
        heaviest = sorted(weights, key=lambda term: weights[term], reverse=True)[:PROFILE_TERMS]
        matter.profile, matter.profiled = {term: weights[term] for term in heaviest}, len(members)
        return matter.profile

    def emerging_by_words(self, report: Report) -> Emergence | None:
        """Gather what is alike to the report, and alike to those, and hold it against what was said before."""
        begin = report.at - WINDOW
        near = {key for key in self.alike_to(report.key) if self.reports[key].at > begin}
        wider = {key for one in near for key in self.alike_to(one) if self.reports[key].at > begin}
        group = near | wider | {report.key}
        if len(group) < PEOPLE:
            return None
        before = {key for one in group for key in self.alike_to(one)} - group
        return self.emergence(report, group, before, people=PEOPLE, chance=CHANCE)

    def emerging_by_marks(self, report: Report) -> Emergence | None:
        """Count one batch, product or place with its category, whatever the words."""
        begin, oldest = report.at - WINDOW, report.at - WINDOW - BASE
        for mark in report.marks:
            held = [key for key in self.marked[mark] if self.reports[key].at > oldest]
            group = {key for key in held if self.reports[key].at > begin}
            found = self.emergence(report, group, set(held) - group, people=MARKED_PEOPLE, chance=MARKED_CHANCE)
            if found is not None:
                return found
        return None

    def emergence(
        self, report: Report, group: set[int], before: set[int], *, people: int, chance: float
    ) -> Emergence | None:
        """Return the finding if so many people are unusual, and the group is not mostly a matter known already."""
        spoke = self.people_of(group)
        if spoke < people or self.is_normal(group, spoke):
            return None
        looked_back = self.looked_back(report.at)
        expected = expected_people(self.people_of(before), days=WINDOW.days, looked_back=looked_back.days)
        if (by_chance := chance_of(spoke, expected)) >= chance:
            return None
        members = sorted(group)
        reports = [self.reports[key] for key in members]
        return Emergence(
            members={one.key: round(likeness(report, one, self.vocabulary), 2) for one in reports},
            people=spoke,
            expected=expected,
            chance=by_chance,
            words=tuple(words_shared(reports, self.vocabulary)),
            marks=tuple(sorted(set.intersection(*(set(one.marks) for one in reports)))),
            days=WINDOW.days,
            looked_back_days=looked_back.days,
        )

    def is_normal(self, group: set[int], spoke: int) -> bool:
        """Say whether half of the group is of a matter that was called normal, and it has not doubled since."""
        for matter in self.matters.values():
            if matter.people_normal and 2 * len(group & matter.members) >= len(group):
                return spoke < 2 * matter.people_normal
        return False

    def people_of(self, keys: Iterable[int]) -> int:
        return len({self.reports[key].person for key in keys})

    def looked_back(self, at: datetime) -> timedelta:
        """Return how long before the window we know what was said."""
        known = at - WINDOW - (self.first_at or at)
        return min(max(known, LOOKED_BACK_AT_LEAST), BASE)
