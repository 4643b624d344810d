from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .customer import Customer


class Order(models.Model):
    """What a customer bought (SPEC A2). Money in the installation's currency."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="orders", db_index=False)
    number = models.CharField(_("order number"), max_length=60, unique=True)
    product = models.CharField(_("product"), max_length=120)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=2, default=1)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, default=0)
    ordered_on = models.DateField(_("ordered on"))
    state = models.CharField(_("state"), max_length=30, blank=True)
    logistics_number = models.CharField(_("logistics number"), max_length=60, blank=True)

    class Meta:
        ordering = ["-ordered_on", "-id"]
        indexes = [models.Index(fields=["customer", "-ordered_on"], name="order_customer")]

    def __str__(self) -> str:
        return self.number

    @property
    def concerns_customer_id(self) -> int:
        return self.customer_id
