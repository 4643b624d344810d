"""Which cases changed, and who may know: the same answer as `Case.objects.visible_to`, without a query a listener."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import BigIntegerField, Value

from huiying.cases.models import ActionItem, Case, Recusal
from huiying.staff.actors import StaffActor, is_within_scope


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A case as it stands, with everybody it concerns. `asked` are (owner, department) of its action items.

    `named` are those it is complained about, who see nothing of it.
    """

    number: str
    version: int
    owner_id: int | None
    giver_id: int | None
    registered_by_id: int | None
    team_id: int | None
    department_id: int | None
    department_path: str
    asked: list[tuple[int | None, int]] = field(default_factory=list)
    named: frozenset[int | None] = frozenset()

    def is_seen_by(self, actor: StaffActor) -> bool:
        if not actor.can("cases.see") or actor.pk in self.named:
            return False
        own = actor.pk in {self.owner_id, self.giver_id, self.registered_by_id} or self.asks(actor)
        return own or is_within_scope(actor.case_scope, actor, self)

    def concerns(self, actor: StaffActor) -> bool:
        """Say whether the actor's desk may look different now: an owner's, a doer's, a supervisor's."""
        return (
            actor.pk in {self.owner_id, self.giver_id}
            or self.asks(actor)
            or (actor.can("cases.assign") and self.is_seen_by(actor))
        )

    def asks(self, actor: StaffActor) -> bool:
        mine = actor.pk in {owner for owner, _department in self.asked}
        ours = actor.department_id is not None and (None, actor.department_id) in self.asked
        return mine or ours


def scenes(case_ids: Collection[int]) -> list[Scene]:
    """Return the cases as they stand, in two statements."""
    if not case_ids:
        return []
    asked: dict[int, list[tuple[int | None, int]]] = defaultdict(list)
    items = ActionItem.objects.filter(case_id__in=case_ids).values_list("case_id", "owner_id", "department_id")
    named: dict[int, set[int | None]] = defaultdict(set)
    recused = Recusal.objects.standing().filter(case_id__in=case_ids).order_by()
    for case_id, person, department_id in items.order_by().union(
        recused.values_list("case_id", "user_id", NO_DEPARTMENT), all=True
    ):
        if department_id:
            asked[case_id].append((person, department_id))
        else:
            named[case_id].add(person)
    cases = Case.objects.filter(pk__in=case_ids).select_related("department").only(*COLUMNS)
    return [scene_of(case, asked[case.pk], frozenset(named[case.pk])) for case in cases.order_by("pk")]


NO_DEPARTMENT = Value(0, output_field=BigIntegerField())  # marks who is named beside whom an item is for
COLUMNS = (
    "number",
    "version",
    "owner_id",
    "giver_id",
    "registered_by_id",
    "team_id",
    "department_id",
    "department__path",
)


def scene_of(case: Case, asked: list[tuple[int | None, int]], named: frozenset[int | None]) -> Scene:
    return Scene(
        number=case.number,
        version=case.version,
        owner_id=case.owner_id,
        giver_id=case.giver_id,
        registered_by_id=case.registered_by_id,
        team_id=case.team_id,
        department_id=case.department_id,
        department_path=case.department.path if case.department else "",
        asked=asked,
        named=named,
    )
