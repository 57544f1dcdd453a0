"""What a file of order lines says, under which headers, and who receives it."""

from django.utils.translation import gettext_lazy as _

from holdfast.know.orders import actions
from holdfast.lib.kinds import Field, Kind, Reads

FIELDS = (
    Field(
        "account",
        _("Account"),
        synonyms=(
            "account id", "account number", "account no", "customer id", "customer number",
            "customer no", "customer code", "customer", "client id", "client", "client code",
            "buyer id", "buyer", "user id", "cust id",
            "клиент", "код клиента", "id клиента", "номер клиента", "покупатель", "контрагент",
            "код контрагента", "заказчик",
            "cod client", "id client", "client nr", "cumpărător", "beneficiar", "cod beneficiar",
        ),
    ),
    Field(
        "order",
        _("Order"),
        filled=True,
        synonyms=(
            "order id", "order number", "order no", "invoice", "invoice no", "invoice id",
            "invoice number", "transaction id", "receipt", "receipt no", "document", "document no",
            "basket id", "заказ", "номер заказа", "код заказа", "id заказа", "счёт", "номер счёта",
            "накладная", "номер накладной", "чек", "номер чека", "документ", "номер документа",
            "comandă", "nr comandă", "număr comandă", "id comandă", "factură", "nr factură",
            "număr factură", "bon", "nr bon", "document nr",
        ),
    ),
    Field(
        "at",
        _("Time"),
        Reads.MOMENT,
        required=True,
        synonyms=(
            "order date", "order time", "ordered at", "ordered on", "date", "datetime", "timestamp",
            "time", "invoice date", "purchase date", "transaction date", "created at", "created",
            "document date", "дата", "дата заказа", "время заказа", "дата счёта", "дата покупки",
            "дата продажи", "дата документа", "дата и время", "data", "data comenzii",
            "data facturii", "dată", "data document", "data tranzacției",
        ),
    ),
    Field(
        "quantity",
        _("Quantity"),
        Reads.NUMBER,
        required=True,
        synonyms=(
            "qty", "units", "pieces", "pcs", "count", "quantity sold", "количество", "кол-во",
            "кол во", "штук", "шт", "cantitate", "cant", "bucăți", "buc",
        ),
    ),
    Field(
        "unit_price",
        _("Unit price"),
        Reads.NUMBER,
        required=True,
        synonyms=(
            "price", "price per unit", "unit cost", "item price", "price each", "цена",
            "цена за единицу", "цена за штуку", "preț", "preț unitar", "preț pe unitate",
        ),
    ),
    Field(
        "product",
        _("Product"),
        synonyms=(
            "stock code", "sku", "product id", "product code", "item", "item id", "item code",
            "article", "article number", "product name", "description", "товар", "артикул",
            "код товара", "номенклатура", "наименование", "наименование товара", "продукт",
            "produs", "cod produs", "articol", "cod articol", "denumire", "denumire produs",
        ),
    ),
    Field(
        "currency",
        _("Currency"),
        Reads.CODE,
        filled=True,
        synonyms=("currency code", "ccy", "curr", "валюта", "код валюты", "monedă", "valută"),
    ),
)

ORDER_LINES = Kind("order-lines", _("Order lines"), FIELDS, actions.receive)
