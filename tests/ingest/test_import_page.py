"""The import pages: from a file to its report, in a browser and without scripts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from holdfast.ingest import actions, rejected
from holdfast.ingest.models import Import
from holdfast.know.company.models import Company
from holdfast.know.orders.models import Order
from tests.factories.know import OrderFactory
from tests.ingest.uploads import MAPPED, ROWS, upload


def html(answer):
    return answer.content.decode()


@pytest.fixture
def one(cast):
    answer = upload(cast.owner)
    assert answer.status_code == 302
    return Import.objects.get()


def run(one, by):
    return actions.run(import_id=one.pk, by=by, at=timezone.now())


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", ""),
        ("get", "1/"),
        ("get", "1/progress/"),
        ("get", "1/rejected/"),
        ("post", "1/preview/"),
        ("post", "1/start/"),
        ("post", "1/remove/"),
    ],
)
def test_who_may_come_here(cast, method, path):
    stranger = getattr(cast.stranger, method)(f"/import/{path}")
    owner = getattr(cast.owner, method)(f"/import/{path}")

    assert stranger["Location"].startswith("/sign-in/")
    assert owner.status_code == (404 if path else 200)  # there is no import 1


def test_the_empty_company_is_told_what_to_do_first(cast):
    page = html(cast.owner.get("/import/"))

    assert "Bring your orders in" in page
    assert 'type="file"' in page
    assert "Unit price" in page  # what a row must say
    assert "Earlier imports" not in page


def test_the_board_says_what_is_here_and_what_came_by_the_command_line(cast):
    OrderFactory()

    page = html(cast.owner.get("/import/"))

    assert "1 order is here, of 2 March 2026" in page
    assert "came by the command line" in page


@pytest.mark.parametrize(
    ("rows", "name", "words"),
    [
        (b"PK\x03\x04 and more", "book.xlsx", "book.xlsx is an Excel workbook"),
        (b"%PDF-1.7", "bill.pdf", "bill.pdf is neither CSV nor Parquet"),
        (b" \n ", "blank.csv", "blank.csv is empty"),
        (b"", "nothing.csv", "The file is empty"),
    ],
)
def test_a_wrong_file_is_named_with_the_reason_and_nothing_of_it_stays(
    cast, rows, name, words, django_capture_on_commit_callbacks
):
    before = set(rejected.folder().iterdir())

    with django_capture_on_commit_callbacks(execute=True):
        answer = upload(cast.owner, rows, name)

    assert answer.status_code == 422
    assert words in html(answer)
    assert not Import.objects.exists()
    assert set(rejected.folder().iterdir()) == before


def test_a_file_beyond_the_limit_is_refused_and_not_kept(cast, settings):
    settings.IMPORT_MAX_BYTES = 100
    answer = upload(cast.owner, "a,b\n" * 100)

    assert answer.status_code == 422
    assert "larger than this Holdfast takes" in html(answer)
    assert not Import.objects.exists()


def test_a_file_larger_than_memory_goes_through_the_disk(cast, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 50

    assert upload(cast.owner).status_code == 302
    assert Import.objects.get().file.read_text() == ROWS


def test_no_file_and_an_unknown_kind_are_said(cast):
    answer = cast.owner.post("/import/", {"kind": "moons"})

    assert answer.status_code == 422
    assert "Choose a file first." in html(answer)
    assert "Select a valid choice" in html(answer)


def test_the_step_shows_what_was_recognised_and_the_rows_as_they_will_be_read(cast, one):
    page = html(cast.owner.get(f"/import/{one.pk}/"))

    assert "1 of the first 4 rows would be rejected" in page
    assert "about 4 rows" in page
    assert "<option selected>Client</option>" in page
    assert "as recognised: semicolon ;" in page
    assert "as recognised: comma, 1234,50" in page
    assert "<s>x</s>" in page  # the cell that cannot be read
    assert "“x” is no number" in page
    assert "<small>1,50</small>" in page  # as the file writes it
    assert 'name="create_accounts"' in page
    assert "checked" in page.partition('name="create_accounts"')[2][:120]  # the first file


def test_accounts_are_not_created_unasked_once_there_are_some(cast):
    OrderFactory()
    upload(cast.owner)

    page = html(cast.owner.get(f"/import/{Import.objects.get().pk}/"))

    assert "checked" not in page.partition('name="create_accounts"')[2][:120]


def test_the_preview_follows_what_is_chosen_and_stores_nothing(cast, one):
    chosen = MAPPED | {"column:unit_price": "", "decimal": "."}

    page = cast.owner.post(f"/import/{one.pk}/preview/", chosen)
    fragment = cast.owner.post(f"/import/{one.pk}/preview/", chosen, headers={"HX-Request": "true"})

    assert "One answer is missing: which column holds Unit price?" in html(page)
    assert "<html" in html(page)
    assert "<html" not in html(fragment)
    assert html(fragment).lstrip().startswith('<div id="step"')
    assert " disabled" in html(fragment)
    one.refresh_from_db()
    assert (one.mapping, one.started_at) == ({}, None)


def test_another_delimiter_makes_other_columns_and_the_choice_begins_again(cast, one):
    page = html(cast.owner.post(f"/import/{one.pk}/preview/", MAPPED | {"delimiter": ","}))

    assert "<option>Invoice;Qty;Date;Price;Client</option>" in page
    assert "3 answers are missing" in page


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"zone": "Moon/Base"}, "There is no time zone “Moon/Base”."),
        ({"decimal": "!"}, "Select a valid choice"),
        ({"column:at": ""}, "One answer is missing"),
        ({"column:at": "Nothing"}, "One answer is missing"),
    ],
)
def test_what_cannot_be_started_comes_back_with_the_reason(cast, one, said, words):
    answer = cast.owner.post(f"/import/{one.pk}/start/", MAPPED | said | {"import": ""})

    assert answer.status_code == 422
    assert words in html(answer)
    one.refresh_from_db()
    assert one.started_at is None


def test_from_start_by_progress_to_the_report(cast, one, by):
    Company.objects.update_or_create(id=1, defaults={"currency": "GBP"})
    answer = cast.owner.post(f"/import/{one.pk}/start/", MAPPED | {"import": ""})
    assert answer["Location"] == f"/import/{one.pk}/"

    waiting = html(cast.owner.get(f"/import/{one.pk}/"))
    assert "“März.csv” is coming in" in waiting
    assert "Look again" in waiting  # the way without scripts
    assert "<progress>" in html(cast.owner.get(f"/import/{one.pk}/progress/"))

    run(one, by)
    assert cast.owner.get(f"/import/{one.pk}/progress/")["HX-Refresh"] == "true"
    report = html(cast.owner.get(f"/import/{one.pk}/"))
    assert "3 of 4 rows are in, the others were rejected" in report
    assert "1 accepted row names no account: £4.00 net." in report
    assert "Download the 1 rejected row" in report
    assert "“x” is no number" in report
    assert Order.objects.count() == 2
    assert "3 rows accepted, 1 rejected" in html(cast.owner.get("/import/"))


def test_the_rejected_rows_come_as_a_file_a_piece_at_a_time(cast, one, by):
    cast.owner.post(f"/import/{one.pk}/start/", MAPPED | {"import": ""})
    assert cast.owner.get(f"/import/{one.pk}/rejected/").status_code == 404
    run(one, by)

    answer = cast.owner.get(f"/import/{one.pk}/rejected/")

    assert answer.streaming
    assert answer["Content-Disposition"].startswith("attachment")
    assert b'\r\n4,"Qty: ' in b"".join(answer.streaming_content)
    rejected.Path(Import.objects.get().rejected_file).unlink()
    assert cast.owner.get(f"/import/{one.pk}/rejected/").status_code == 404
    assert "3 of 4 rows" in html(cast.owner.get(f"/import/{one.pk}/"))  # the report stays


def test_a_try_reports_and_leaves_the_books_as_they_were(cast, one, by):
    cast.owner.post(f"/import/{one.pk}/start/", MAPPED | {"try": ""})
    run(one, by)

    page = html(cast.owner.get(f"/import/{one.pk}/"))

    assert "3 of 4 rows would come in" in page
    assert 'name="import"' in page
    assert not Order.objects.exists()
    changed = html(cast.owner.post(f"/import/{one.pk}/preview/", MAPPED))
    assert "would come in" not in changed  # it spoke of the form as it was

    cast.owner.post(f"/import/{one.pk}/start/", MAPPED | {"import": ""})
    run(one, by)
    assert Order.objects.count() == 2


def test_a_run_that_failed_says_why_and_can_be_started_again(cast, one, by):
    cast.owner.post(f"/import/{one.pk}/start/", MAPPED | {"import": ""})
    kept = one.file.read_bytes()
    one.file.unlink()
    run(one, by)
    one.file.write_bytes(kept)

    page = html(cast.owner.get(f"/import/{one.pk}/"))

    assert "Nothing was stored." in page
    assert 'role="alert"' in page
    again = cast.owner.post(f"/import/{one.pk}/start/", MAPPED | {"import": ""})
    assert again.status_code == 302


def test_a_file_that_went_missing_is_said_on_the_page(cast, one):
    one.file.unlink()

    answer = cast.owner.get(f"/import/{one.pk}/")

    assert answer.status_code == 200
    assert "cannot be read" in html(answer)


def test_a_running_import_is_not_started_twice(cast, one):
    start = f"/import/{one.pk}/start/"
    assert cast.owner.post(start, MAPPED | {"import": ""}).status_code == 302

    again = cast.owner.post(start, MAPPED | {"import": ""})

    assert again.status_code == 422
    assert "was started already" in html(again)


def test_an_upload_can_be_removed_but_not_what_is_in_the_books(
    cast, one, by, django_capture_on_commit_callbacks
):
    upload(cast.owner)
    other = Import.objects.exclude(pk=one.pk).get()
    with django_capture_on_commit_callbacks(execute=True):
        cast.owner.post(f"/import/{other.pk}/remove/")
    assert not Import.objects.filter(pk=other.pk).exists()
    assert not other.file.exists()

    cast.owner.post(f"/import/{one.pk}/start/", MAPPED | {"import": ""})
    for _state in ("running", "done"):
        answer = cast.owner.post(f"/import/{one.pk}/remove/", follow=True)
        assert "stays in the list" in html(answer)
        assert one.file.exists()
        run(one, by)


def test_old_data_is_offered_to_be_looked_at_as_of_its_own_time(cast, one, by):
    cast.owner.post(f"/import/{one.pk}/start/", MAPPED | {"import": ""})
    run(one, by)
    page = html(cast.owner.get(f"/import/{one.pk}/"))
    assert "Look at the company as of 4 February 2010" in page

    sent = {"day": "2010-02-04", "next": f"/import/{one.pk}/"}
    after = html(cast.owner.post("/settings/look-at/", sent, follow=True))

    assert Company.get().looked_at_on.isoformat() == "2010-02-04"
    assert "figures as of 4 February 2010" in after
    assert "Look at the company as of" not in after


def test_new_data_is_looked_at_today(cast, by):
    day = timezone.now() - timedelta(days=3)
    upload(cast.owner, ROWS.replace("2010-02-01", f"{day:%Y-%m-%d}"))
    one = Import.objects.get()
    cast.owner.post(f"/import/{one.pk}/start/", MAPPED | {"import": ""})
    run(one, by)

    assert "Look at the company as of" not in html(cast.owner.get(f"/import/{one.pk}/"))


def test_what_a_file_says_is_text_and_never_markup(cast):
    upload(cast.owner, '"<b>Qty</b>",Date,Price\n<script>x</script>,2010-01-01,1\n', "<i>.csv")

    page = html(cast.owner.get(f"/import/{Import.objects.get().pk}/"))

    assert "<script>x" not in page
    assert "<b>Qty</b>" not in page
    assert "<i>.csv" not in page
