"""Which cases changed, and who may know: the same answer as `Case.objects.visible_to`, without a query a listener."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import BigIntegerField, Value

from huiying.cases.models import ActionItem, Case, Recusal, TaskForceMember
from huiying.staff.actors import StaffActor, is_within_scope


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A case as it stands, with everybody it concerns. `asked` are (owner, department) of its action items.

    `named` are those it is complained about, who see nothing of it; `serving` its task force.
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
    serving: frozenset[int | None] = frozenset()

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
        mine = actor.pk in self.serving or actor.pk in {owner for owner, _department in self.asked}
        ours = actor.department_id is not None and (None, actor.department_id) in self.asked
        return mine or ours


def scenes(case_ids: Collection[int]) -> list[Scene]:
    """Return the cases as they stand, in two statements."""
    if not case_ids:
        return []
    asked: dict[int, list[tuple[int | None, int]]] = defaultdict(list)
    named: dict[int, set[int | None]] = defaultdict(set)
    serving: dict[int, set[int | None]] = defaultdict(set)
    for case_id, person, department_id in concerned(case_ids):
        if department_id == NAMED:
            named[case_id].add(person)
        elif department_id == SERVES:
            serving[case_id].add(person)
        else:
            asked[case_id].append((person, department_id))
    cases = Case.objects.filter(pk__in=case_ids).select_related("department").only(*COLUMNS)
    return [
        scene_of(case, asked[case.pk], frozenset(named[case.pk]), frozenset(serving[case.pk]))
        for case in cases.order_by("pk")
    ]


NAMED, SERVES = 0, -1  # beside the departments that items are for


def concerned(case_ids: Collection[int]) -> Iterable[tuple[int, int | None, int]]:
    """Return (case, person, department) of action items; NAMED and SERVES stand for those who are named or serve."""
    items = ActionItem.objects.filter(case_id__in=case_ids).order_by()
    recused = Recusal.objects.standing().filter(case_id__in=case_ids).order_by()
    forces = TaskForceMember.objects.filter(task_force__case_id__in=case_ids, task_force__closed_at=None).order_by()
    return items.values_list("case_id", "owner_id", "department_id").union(
        recused.values_list("case_id", "user_id", mark(NAMED)),
        forces.values_list("task_force__case_id", "user_id", mark(SERVES)),
        all=True,
    )


def mark(value: int) -> Value:
    return Value(value, output_field=BigIntegerField())


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


def scene_of(
    case: Case, asked: list[tuple[int | None, int]], named: frozenset[int | None], serving: frozenset[int | None]
) -> Scene:
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
        serving=serving,
    )
