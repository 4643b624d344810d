from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .customer import Customer


class Figures(models.Model):
    """What is reckoned of a customer each night: orders in figures, value and risk. Lists and tier rules read it.

    `amount_year` is that of the 365 days before `as_of`, `amount_year_before` of the 365 before those. The three
    scores are RFM's, 1–5, 5 the best. `alive` is the chance, 0–1, that the customer still buys; `expected_orders` and
    `lifetime_value` are what the coming months (twelve, a setting) should bring; `value_percentile` is the share,
    0–100, of the other repeat buyers who are worth less, with half of those worth the same. `churn` is the risk to lose
    the customer, 0–100. Empty is not known, as what is to come of who bought once.
    """

    customer = models.OneToOneField(Customer, models.CASCADE, related_name="figures")
    as_of = models.DateField(_("as of"))
    orders = models.PositiveIntegerField(_("orders"), default=0)
    amount = models.DecimalField(_("amount of all orders"), max_digits=16, decimal_places=2, default=0)
    amount_year = models.DecimalField(_("amount of the last year"), max_digits=16, decimal_places=2, default=0)
    amount_year_before = models.DecimalField(_("amount of the year before"), max_digits=16, decimal_places=2, default=0)
    first_order_on = models.DateField(_("first order"), null=True)
    last_order_on = models.DateField(_("last order"), null=True)
    recency_score = models.PositiveSmallIntegerField(_("recency"), null=True)
    frequency_score = models.PositiveSmallIntegerField(_("frequency"), null=True)
    monetary_score = models.PositiveSmallIntegerField(_("monetary value"), null=True)
    alive = models.FloatField(_("chance that they still buy"), null=True)
    expected_orders = models.FloatField(_("orders expected"), null=True)
    lifetime_value = models.DecimalField(_("lifetime value"), max_digits=16, decimal_places=2, null=True)
    value_percentile = models.FloatField(_("worth more than this share of repeat buyers"), null=True)
    churn = models.PositiveSmallIntegerField(_("churn risk"), null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-value_percentile"], name="figures_value"),
            models.Index(fields=["-churn"], name="figures_churn"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.as_of}"
