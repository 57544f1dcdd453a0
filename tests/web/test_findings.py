"""Today's headline says the most that the numbers bear, and no more."""

import pytest

from holdfast.web.findings import Book, Head, headline, standfirst

LARGE = Head("Nordvik", 300_000, 60.0)
ILL = Head("Castellan", 100_000, 20.0)
SMALL = Head("Halden", 50_000, 65.0)


@pytest.mark.parametrize(
    ("heads", "book", "said"),
    [
        ([], Book(0, 0, 0), "No client is a key client yet, so nobody comes first."),
        ([], Book(8, 0, 10), "No key client needs you first today: all of them are healthy."),
        (
            [LARGE],
            Book(8, 1, 900_000),
            "One client needs you first. It brings 33% of your revenue.",
        ),
        (
            [LARGE, ILL],
            Book(8, 2, 800_000),
            "Two clients need you first. They bring 50% of your revenue.",
        ),
        (
            [LARGE, ILL, SMALL],
            Book(8, 9, 45_000_000),
            "Three clients need you first. They bring 1.0% of your revenue.",
        ),
        ([LARGE] * 4, Book(8, 4, 300_000), "Four clients need you first."),  # D gave more back
        ([LARGE] * 5, Book(8, 5, 0), "Five clients need you first."),
    ],
)
def test_the_headline(heads, book, said):
    assert headline(heads, book) == said


@pytest.mark.parametrize(
    ("heads", "said"),
    [
        ([ILL], "Take Castellan today."),
        ([Head("Both", 300_000, 10.0), ILL], "take Both: it pays the most and is the least well."),
        ([LARGE, ILL], "take Nordvik: it pays the most of them."),
        ([ILL, LARGE], "take Castellan: it is the least well of them."),
        ([SMALL, LARGE, ILL], "take Halden: what it pays and how it is weigh most together."),
        ([LARGE, LARGE], "take Nordvik: what it pays and how it is weigh most together."),
    ],
)
def test_whom_to_take_when_there_is_time_for_one(heads, said):
    assert said in standfirst(heads, Book(9, len(heads), 1_000_000))


@pytest.mark.parametrize(
    ("heads", "book", "said"),
    [
        (
            [ILL],
            Book(9, 2, 1),
            "Behind them waits 1 more key client that is not known to be healthy.",
        ),
        ([ILL], Book(2000, 1200, 1), "Behind them wait 1,199 more key clients"),
        ([ILL], Book(2, 1, 1), "The other key client is healthy."),
        ([ILL], Book(4, 1, 1), "The other 3 key clients are healthy."),
        ([ILL], Book(1, 1, 1), "There are no other key clients."),
        ([], Book(1, 0, 1), "Your 1 key client can do without you today."),
        ([], Book(7, 0, 1), "Your 7 key clients can do without you today."),
        ([], Book(0, 0, 1), "A key client is an A or a B"),
    ],
)
def test_who_can_wait(heads, book, said):
    assert said in standfirst(heads, book)
