"""A file of orders as people have it, and how they send it."""

from django.core.files.uploadedfile import SimpleUploadedFile

ROWS = """Invoice;Qty;Date;Price;Client
1;2;2010-02-01 10:00;1,50;C-1
1;1;2010-02-01 10:00;2,00;C-1
2;x;2010-02-02 11:00;3,00;C-2
3;1;2010-02-03 12:00;4,00;
"""
MAPPED = {
    "column:account": "Client",
    "column:order": "Invoice",
    "column:at": "Date",
    "column:quantity": "Qty",
    "column:unit_price": "Price",
    "headers": "on",
    "create_accounts": "on",
}


def upload(browser, rows=ROWS, name="März.csv", **more):
    raw = rows if isinstance(rows, bytes) else rows.encode()
    file = SimpleUploadedFile(name, raw)
    return browser.post("/import/", {"file": file, "kind": "order-lines"} | more)
