"""The same twelve signals written by hand, in DuckDB's SQL and in pandas, to be held against.

`paths` maps each table's name to its Parquet files. Both answer account_id and one column a signal,
in the company's currency GBP, fifteen minutes a ticket.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import duckdb
import pandas as pd
import pyarrow.parquet as pq

Paths = Mapping[str, Sequence[str]]

SQL = """
with line as (
    select order_id, bool_or(quantity > 0 and unit_price > 0) as bought,
        sum(amount_minor) filter (currency = 'GBP') as amount,
        sum(amount_minor) filter (currency = 'GBP' and quantity > 0 and unit_price > 0)
            as bought_minor,
        -sum(amount_minor) filter (currency = 'GBP' and quantity < 0 and unit_price > 0)
            as returned,
        count(*) filter (currency = 'GBP') as home, count(*) as lines
    from order_lines group by order_id
), days as (
    select account_id, ordered_on as d, bool_or(bought) as bought, sum(amount) as amount,
        sum(amount) filter (amount > 0) as checks_minor, count(*) filter (amount > 0) as checks,
        sum(bought_minor) as bought_minor, sum(returned) as returned,
        sum(home) as home, sum(lines) as lines
    from orders left join line on line.order_id = orders.id
    where account_id is not null and ordered_on < $day group by account_id, ordered_on
), ordered as (
    select account_id, min(d) as first_order, min(d) filter (bought) as first_bought,
        max(d) filter (bought) as last_bought, count(*) filter (bought) as days_all,
        count(*) filter (bought and d >= $day - 365) as days_year,
        count(*) filter (bought and d >= $day - 90) as days_now,
        count(*) filter (bought and d < $day - 90 and d >= $day - 180) as days_before,
        count(distinct year(d) * 12 + month(d)) filter (bought and d >= $day - 365) as months,
        sum(amount) filter (d >= $day - 365) as amount,
        sum(checks_minor) filter (d >= $day - 365) as checks_minor,
        sum(checks) filter (d >= $day - 365) as checks,
        sum(bought_minor) filter (d >= $day - 365) as bought_minor,
        sum(returned) filter (d >= $day - 365) as returned,
        sum(home) filter (d >= $day - 365) as home, sum(lines) filter (d >= $day - 365) as lines
    from days group by account_id
), product as (
    select account_id, count(distinct product) as products
    from order_lines join orders on orders.id = order_id
    where quantity > 0 and unit_price > 0 and ordered_on >= $day - 365 and ordered_on < $day
        and account_id is not null group by account_id
), subscribed as (
    select *, greatest(0, least(coalesce(ends_on, $day - 1), $day - 1)
        - greatest(starts_on, $day - 365) + 1) as live
    from subscriptions where starts_on < $day
), subscription as (
    select account_id, min(starts_on) as first_subscribed,
        sum(price_minor * 12 / (billing_months * 365) * live) filter (paid and home) as money,
        count(*) filter (paid and home) as home, count(*) filter (paid) as subscriptions
    from (select *, price_minor > 0 and not coalesce(is_trial, false) and live > 0 as paid,
        coalesce(currency = 'GBP', false) as home from subscribed) group by account_id
), attention as (
    select account_id, min(d) as first_attention, sum(minutes) filter (d >= $day - 365) as minutes,
        count(*) filter (d >= $day - 365 and minutes is null) as unmeasured
    from (select account_id, touched_on as d, minutes from touches
        union all select account_id, opened_on, 15 from tickets)
    where account_id is not null and d < $day group by account_id
), kinds as (
    select coalesce((select min(ordered_on) from orders) < $day, false) as has_orders,
        coalesce((select min(starts_on) from subscriptions) < $day, false) as has_subscriptions,
        coalesce((select min(touched_on) from touches) < $day
            or (select min(opened_on) from tickets) < $day, false) as has_attention
), whole as (
    select a.id, o.*, p.products, s.first_subscribed, s.money, s.home as home_s, s.subscriptions,
        t.*, least(case when became_client_on < $day then became_client_on end,
            o.first_order, s.first_subscribed, t.first_attention) as first_on
    from accounts a left join ordered o on o.account_id = a.id
    left join product p on p.account_id = a.id left join subscription s on s.account_id = a.id
    left join attention t on t.account_id = a.id
)
select id as account_id,
    case when (has_orders or has_subscriptions) and not (coalesce(home, 0) + coalesce(home_s, 0) = 0
        and coalesce(lines, 0) + coalesce(subscriptions, 0) > 0)
        then coalesce(amount, 0)::double + coalesce(money, 0) end as revenue,
    case when has_orders then coalesce(days_year, 0)::double end as purchases,
    case when has_orders then coalesce(months, 0)::double end as active_months,
    (year($day - 1) * 12 + month($day - 1)
        - year(first_bought) * 12 - month(first_bought) + 1)::double
        as months_since_first,
    checks_minor / nullif(checks, 0)::double as average_check,
    ($day - last_bought)::double as days_since_purchase,
    ($day - last_bought) * (days_all - 1) / nullif(last_bought - first_bought, 0)::double
        as days_since_purchase_over_gap,
    days_now / nullif(days_before, 0)::double as purchase_trend,
    coalesce(returned, 0)::double / nullif(bought_minor, 0)::double as returns_share,
    case when has_orders then coalesce(products, 0)::double end as products_bought,
    ($day - first_on)::double as tenure_days,
    case when has_attention and not (minutes is null and coalesce(unmeasured, 0) > 0)
        then coalesce(minutes, 0)::double end as attention_minutes
from whole cross join kinds where first_on is not null
"""


def sql(con: duckdb.DuckDBPyConnection, paths: Paths, as_of: date) -> duckdb.DuckDBPyRelation:
    """One query, lazily: it runs when its answer is fetched."""
    views = ", ".join(f"{name} as ({_view(files)})" for name, files in paths.items())
    query = SQL.replace("$day", f"date '{as_of:%Y-%m-%d}'").strip().removeprefix("with ")
    return con.sql(f"with {views}, {query}")


def _view(files: Sequence[str]) -> str:
    """A table's files; where they hold times, as the lake's do, their days beside them."""
    read = f"read_parquet({list(files)!r})"
    times = [c for c in pq.read_schema(files[0]).names if c.endswith("_at") and c != "known_at"]
    days = "".join(f", {name}::date as {name.removesuffix('_at')}_on" for name in times)
    return f"select *{days} from {read}"


def pandas(paths: Paths, as_of: date) -> pd.DataFrame:
    """The way it is commonly written: merge, group, map."""
    read = {name: pd.concat(map(_read, files)) for name, files in paths.items()}
    day = pd.Timestamp(as_of)
    found = read["accounts"].set_index("id")[["became_client_on"]]
    found = found.where(found < day)
    found = found.join(
        [_ordered(read, day), _products(read, day), _subscribed(read, day), _attention(read, day)]
    )
    firsts = ["became_client_on", "first_order", "first_subscribed", "first_attention"]
    found["first_on"] = found[firsts].min(axis=1)
    found = found[found["first_on"].notna()]
    return _signals(found, read, day).rename_axis("account_id").reset_index()


def _read(path: str) -> pd.DataFrame:
    frame = pd.read_parquet(path)
    for name in [column for column in frame if column.endswith("_at") and column != "known_at"]:
        frame[name.removesuffix("_at") + "_on"] = frame[name].dt.normalize()
    for name in (column for column in frame if column.endswith("_on")):
        frame[name] = pd.to_datetime(frame[name])
    return frame


def _ordered(read: dict[str, pd.DataFrame], day: pd.Timestamp) -> pd.DataFrame:
    lines, orders = read["order_lines"], read["orders"]
    home = lines["currency"] == "GBP"
    bought = (lines["quantity"] > 0) & (lines["unit_price"] > 0)
    returned = (lines["quantity"] < 0) & (lines["unit_price"] > 0)
    amount = lines["amount_minor"]
    line = pd.DataFrame({
        "order_id": lines["order_id"], "bought": bought, "amount": amount.where(home, 0),
        "bought_minor": amount.where(home & bought, 0),
        "returned": -amount.where(home & returned, 0), "home": home, "lines": 1,
    }).groupby("order_id").agg({
        "bought": "any", "amount": "sum", "bought_minor": "sum", "returned": "sum",
        "home": "sum", "lines": "sum",
    })  # fmt: skip
    orders = orders[orders["account_id"].notna() & (orders["ordered_on"] < day)]
    each = orders.merge(line, left_on="id", right_index=True, how="left")
    each["bought"] = each["bought"].fillna(value=False).astype(bool)
    accounts = each.groupby("account_id")
    found = pd.DataFrame({"first_order": accounts["ordered_on"].min()})
    days = each[each["bought"]].drop_duplicates(["account_id", "ordered_on"])
    on = days["ordered_on"]
    days = days.assign(
        year=on >= day - pd.Timedelta(days=365), now=on >= day - pd.Timedelta(days=90),
        month=on.dt.year * 12 + on.dt.month,
    )  # fmt: skip
    days["before"] = ~days["now"] & (on >= day - pd.Timedelta(days=180))
    by_days = days.groupby("account_id")
    found["first_bought"] = by_days["ordered_on"].min()
    found["last_bought"] = by_days["ordered_on"].max()
    found["days_all"] = by_days.size()
    found[["days_year", "days_now", "days_before"]] = by_days[["year", "now", "before"]].sum()
    found["months"] = days[days["year"]].groupby("account_id")["month"].nunique()
    year = each[each["ordered_on"] >= day - pd.Timedelta(days=365)]
    sums = ["amount", "bought_minor", "returned", "home", "lines"]
    found[sums] = year.groupby("account_id")[sums].sum()
    found["check"] = year[year["amount"] > 0].groupby("account_id")["amount"].mean()
    return found


def _products(read: dict[str, pd.DataFrame], day: pd.Timestamp) -> pd.Series:
    lines, orders = read["order_lines"], read["orders"]
    year = orders[(orders["ordered_on"] < day)
                  & (orders["ordered_on"] >= day - pd.Timedelta(days=365))]  # fmt: skip
    bought = lines[(lines["quantity"] > 0) & (lines["unit_price"] > 0)]
    each = bought.merge(year, left_on="order_id", right_on="id")
    return each.groupby("account_id")["product"].nunique().rename("products")


def _subscribed(read: dict[str, pd.DataFrame], day: pd.Timestamp) -> pd.DataFrame:
    begun = read["subscriptions"]
    begun = begun[begun["starts_on"] < day]
    one = pd.Timedelta(days=1)
    last = begun["ends_on"].fillna(day - one).clip(upper=day - one)
    first = begun["starts_on"].clip(lower=day - 365 * one)
    live = ((last - first).dt.days + 1).clip(lower=0)
    paid = (begun["price_minor"] > 0) & (begun["is_trial"] != True) & (live > 0)  # noqa: E712
    home = paid & (begun["currency"] == "GBP")
    money = begun["price_minor"] * 12 / (begun["billing_months"] * 365) * live
    counted = begun.assign(money=money.where(home, 0), home_s=home, subscriptions=paid)
    accounts = counted.groupby("account_id")
    sums = accounts[["money", "home_s", "subscriptions"]].sum()
    return sums.assign(first_subscribed=accounts["starts_on"].min())


def _attention(read: dict[str, pd.DataFrame], day: pd.Timestamp) -> pd.DataFrame:
    touches = read["touches"].rename(columns={"touched_on": "on"})
    tickets = read["tickets"].rename(columns={"opened_on": "on"}).assign(minutes=15.0)
    both = pd.concat([touches, tickets])
    both = both[both["on"] < day]
    year = both[both["on"] >= day - pd.Timedelta(days=365)]
    found = pd.DataFrame({"first_attention": both.groupby("account_id")["on"].min()})
    found["minutes"] = year.groupby("account_id")["minutes"].sum(min_count=1)
    found["touched"] = year.groupby("account_id").size()
    return found


def _signals(found: pd.DataFrame, read: dict[str, pd.DataFrame], day: pd.Timestamp) -> pd.DataFrame:
    has_orders = bool((read["orders"]["ordered_on"] < day).any())
    has_money = has_orders or bool((read["subscriptions"]["starts_on"] < day).any())
    has_attention = bool(
        (read["touches"]["touched_on"] < day).any() or (read["tickets"]["opened_on"] < day).any()
    )
    counted = found[[
        "amount", "money", "home", "home_s", "lines", "subscriptions", "days_year", "months",
        "products",
    ]].astype(float).fillna(0)  # fmt: skip
    elsewhere = (counted["home"] + counted["home_s"] == 0) & (
        counted["lines"] + counted["subscriptions"] > 0
    )
    everyone = found["first_on"].notna()
    unmeasured = found["minutes"].isna() & found["touched"].notna()
    gap = (found["last_bought"] - found["first_bought"]).dt.days / (found["days_all"] - 1)
    since = (day - found["last_bought"]).dt.days
    last = day - pd.Timedelta(days=1)
    first = found["first_bought"]
    return pd.DataFrame({
        "revenue": (counted["amount"] + counted["money"]).where(~elsewhere & has_money),
        "purchases": counted["days_year"].where(everyone & has_orders),
        "active_months": counted["months"].where(everyone & has_orders),
        "months_since_first":
            last.year * 12 + last.month - first.dt.year * 12 - first.dt.month + 1.0,
        "average_check": found["check"],
        "days_since_purchase": since,
        "days_since_purchase_over_gap": since / gap,
        "purchase_trend": found["days_now"] / found["days_before"].where(found["days_before"] > 0),
        "returns_share": found["returned"] / found["bought_minor"].where(found["bought_minor"] > 0),
        "products_bought": counted["products"].where(everyone & has_orders),
        "tenure_days": (day - found["first_on"]).dt.days,
        "attention_minutes": found["minutes"].fillna(0).where(~unmeasured & has_attention),
    }).astype(float)  # fmt: skip
