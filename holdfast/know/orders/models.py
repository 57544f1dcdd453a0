"""Orders and their lines."""

from django.db import models
from django.db.models import Q

from holdfast.know.accounts.models import Account
from holdfast.lib.mirrored import Mirrored


class Order(Mirrored):
    """What was bought at once. Its time is that of its earliest line."""

    external_id = models.CharField(max_length=200, unique=True)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="orders")
    ordered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "-ordered_at"], name="order_by_account")]

    def __str__(self) -> str:
        return self.external_id


class OrderLine(Mirrored):
    """One position. Equal lines are kept: who bought two boxes in two lines bought two."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    product = models.CharField(max_length=500, blank=True)
    quantity = models.DecimalField(max_digits=24, decimal_places=10)
    unit_price = models.DecimalField(max_digits=24, decimal_places=10)  # exact, as it came
    amount_minor = models.BigIntegerField()  # quantity × price, half away from zero
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(currency=""), name="line_has_a_currency")
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.product}"
