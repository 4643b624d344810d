"""The journal tells when each part of an archive was last changed; what it does not tell is as old as the entry."""

from django.db import migrations

AT_ONCE = 1_000
CONTACTS = ("contact_added", "contact_revised", "contact_removed", "reach_added", "reach_removed")
ORDERS = ("order_added", "order_revised")
REQUIREMENTS = {"decision_maker", "special_requirements", "expected_on"}


def blocks_of(verb, facts):
    if verb in CONTACTS:
        return {"contacts"}
    if verb in ORDERS:
        return {"orders"}
    fields = set(facts.get("fields") or ["name"])
    blocks = {"requirements"} if fields & REQUIREMENTS else set()
    blocks |= {"preferences"} if "preferences" in fields else set()
    return blocks | ({"basics"} if fields - REQUIREMENTS - {"preferences"} else set())


def fill(apps, schema_editor):
    Customer, Freshness = apps.get_model("customers", "Customer"), apps.get_model("customers", "Freshness")
    Entry, User = apps.get_model("journal", "Entry"), apps.get_model("staff", "User")
    people = set(User.objects.values_list("pk", flat=True))
    told = Entry.objects.filter(verb__in=("customer_revised", *CONTACTS, *ORDERS)).order_by("id")
    last = 0
    while keys := list(Customer.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        last, rows = keys[-1], {}
        found = told.filter(customer_id__in=keys).values_list("customer_id", "verb", "facts", "at", "actor_kind", "actor_id")
        for customer_id, verb, facts, at, kind, actor in found.iterator():
            by = actor if kind == "staff" and actor in people else None
            for block in blocks_of(verb, facts):
                rows[customer_id, block] = Freshness(customer_id=customer_id, block=block, at=at, by_id=by)
        Freshness.objects.bulk_create(rows.values(), batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("customers", "0009_freshness"), ("journal", "0002_pulse"), ("staff", "0005_powers_of_care")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
