"""Who of ours has what to do with a case, besides its owner; most cases have nobody here, and that costs nothing."""

from __future__ import annotations

from dataclasses import dataclass

from huiying.cases.models import Case, Category, Handover, Level, Recusal, TaskForce, Watcher
from huiying.cases.policies import may_close_task_force, may_form_task_force, may_plan_task_force
from huiying.journal.actors import Actor
from huiying.staff.models import User


@dataclass(frozen=True, kw_only=True)
class Concerned:
    """What the page of a case shows of them: who is named in it and may not see it, who hands it over, the
    task forces it had, and who watches it. `wants_force` proposes to form one.
    """

    recusals: list[Recusal]
    may_lift: bool
    handover: Handover | None
    forces: list[TaskForce]
    may_plan_force: bool
    may_close_force: bool
    wants_force: bool
    watchers: list[User]
    is_watching: bool

    @property
    def force(self) -> TaskForce | None:
        """The one that stands."""
        return next((force for force in self.forces if force.closed_at is None), None)


def concerned_in(case: Case, *, by: Actor, cause: Category | None) -> Concerned:
    """Return them for a case fetched `for_page()`; `cause` is what the investigation found."""
    forces, watchers = forces_of(case), watchers_on(case) if case.has_watchers else []
    force = next((one for one in forces if one.closed_at is None), None)
    return Concerned(
        recusals=recusals_of(case),
        may_lift=by.can("cases.assign"),
        handover=handover_of(case),
        forces=forces,
        may_plan_force=force is not None and may_plan_task_force(by, force),
        may_close_force=force is not None and may_close_task_force(by, force),
        wants_force=not forces and wants_force(case, cause) and may_form_task_force(by, case),
        watchers=watchers,
        is_watching=by.pk in {one.pk for one in watchers},
    )


def wants_force(case: Case, cause: Category | None) -> bool:
    """Say whether a case is complex and of a cause that no department cures alone (SPEC C5)."""
    causes = [known for known in (case.category, cause) if known is not None]
    return case.level in {Level.COMPLEX, Level.MAJOR} and any(known.calls_task_force for known in causes)


def forces_of(case: Case) -> list[TaskForce]:
    if not case.has_task_force:
        return []
    return list(TaskForce.objects.filter(case=case).for_page())


def recusals_of(case: Case) -> list[Recusal]:
    if not case.has_recusals:
        return []
    return list(Recusal.objects.standing().filter(case=case).select_related("user"))


def handover_of(case: Case) -> Handover | None:
    if case.giver_id is None:
        return None
    return Handover.objects.waiting().filter(case=case).select_related("giver", "to", "team", "made_by").first()


def watchers_on(case: Case) -> list[User]:
    """Return the working people who watch the case, the first to do so first."""
    found = Watcher.objects.filter(case=case, user__in=User.objects.working()).select_related("user")
    return [one.user for one in found]
