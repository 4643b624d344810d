from __future__ import annotations

from importlib import import_module

from django.apps import apps

from huiying.staff.models import Role

grant = import_module("huiying.staff.migrations.0005_powers_of_care").grant


def test_roles_of_old_installations_get_the_powers_of_care_by_what_they_do(town):
    Role.objects.filter(code="clerk").update(powers=["customers.see", "customers.edit"])
    Role.objects.filter(code="head").update(powers=["customers.import", "settings.manage"])
    Role.objects.filter(code="colleague").update(powers=["cases.see"])
    grant(apps, None)
    powers = {role.code: set(role.powers) for role in Role.objects.filter(code__in=["clerk", "head", "colleague"])}
    assert powers["clerk"] == {"customers.see", "customers.edit", "customers.amounts", "care.work", "care.claim"}
    assert powers["head"] == {"customers.import", "settings.manage", "customers.merge", "care.lead", "care.hand_over"}
    assert powers["colleague"] == {"cases.see"}
