"""Orders tell the lake how to keep a copy of them, and the company which is the newest."""

from datetime import datetime

import pyarrow as pa
from django.apps import AppConfig
from django.db.models import Max


class OrdersConfig(AppConfig):
    name = "holdfast.know.orders"

    def ready(self) -> None:
        from holdfast.know.company import newest
        from holdfast.lake import mirror

        mirror.register(mirror.Source("orders", "orders_order", ORDERS, day="ordered_at"))
        mirror.register(mirror.Source("order_lines", "orders_orderline", LINES))
        newest.register(_newest)


def _newest() -> datetime | None:
    from holdfast.know.orders.models import Order

    newest: datetime | None = Order.objects.aggregate(newest=Max("ordered_at"))["newest"]
    return newest


ORDERS = {
    "id": ("id", pa.int64()),
    "account_id": ("account_id", pa.int64()),
    "ordered_at": ("ordered_at", pa.timestamp("us")),
}
LINES = {
    "id": ("id", pa.int64()),
    "order_id": ("order_id", pa.int64()),
    "product": ("product", pa.string()),
    "quantity": ("quantity::float8", pa.float64()),
    "unit_price": ("unit_price::float8", pa.float64()),
    "amount_minor": ("amount_minor", pa.int64()),
    "currency": ("currency", pa.string()),
}
