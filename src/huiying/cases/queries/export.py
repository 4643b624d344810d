"""The list of cases as rows of a sheet: what leaves the house has its phone numbers covered."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from huiying.cases.models import Case
from huiying.cases.models.case import CaseQuerySet
from huiying.customers.models import Reach
from huiying.kit.masking import mask_phone
from huiying.kit.sheets import Row

EXPORTED_AT_MOST = 20_000
AT_ONCE = 1_000


def sheet_rows(cases: CaseQuerySet) -> Iterator[Row]:
    """Yield the heading and one row a case, in batches that fit in memory."""
    yield headings()
    some: list[Case] = []
    for case in cases.for_list().iterator(chunk_size=AT_ONCE):
        some.append(case)
        if len(some) == AT_ONCE:
            yield from rows_of(some)
            some = []
    yield from rows_of(some)


def headings() -> Row:
    fields = ("number", "subject", "kind", "level", "stage", "customer")
    named = [str(Case._meta.get_field(name).verbose_name) for name in fields]  # type: ignore[union-attr]
    return [*named, *map(str, (_("tier"), _("phone"), _("category"), _("owner"), _("team"))), *times()]


def times() -> Row:
    fields = ("received_at", "due_at", "closed_at")
    return [str(Case._meta.get_field(name).verbose_name) for name in fields]  # type: ignore[union-attr]


def rows_of(cases: list[Case]) -> Iterator[Row]:
    phones = phones_of(cases)
    for case in cases:
        yield (
            case.number,
            case.subject,
            case.get_kind_display(),
            case.get_level_display(),
            case.get_stage_display(),
            case.customer_name,
            case.customer.get_tier_display() if case.customer else "",
            mask_phone(phones.get(case.customer_id, "")) if case.customer_id in phones else "",
            case.category.label if case.category else "",
            case.owner.name if case.owner else "",
            case.team.name if case.team else "",
            case.received_at,
            case.due_at,
            case.closed_at,
        )


def phones_of(cases: list[Case]) -> dict[int | None, str]:
    """Return the first phone number of each customer, in one look-up."""
    held = Reach.objects.phones().filter(customer_id__in={case.customer_id for case in cases if case.customer_id})
    found: dict[int | None, str] = {}
    for customer_id, value in held.order_by("id").values_list("customer_id", "value"):
        found.setdefault(customer_id, value)
    return found
