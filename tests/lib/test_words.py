import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.lib.words import fold, search_words, sort_key


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ștefan  cel-Mare", "stefan cel mare"),
        ("Ştefan", "stefan"),  # the cedilla of old keyboards
        ("Ёлка", "елка"),
        ("Ещё Ёж и Йод", "еще еж и йод"),
        ("Straße ŁÓDŹ Ørsted", "strasse lodz orsted"),
        ("İstanbul ıssız", "istanbul issiz"),
        ("O'Brien & Sons, Ltd.", "o brien sons ltd"),
        ("ﬁne ½", "fine 1 2"),
        ("snake_case", "snake case"),
        ("  ", ""),
        ("\x00", ""),
        ("é", "e"),  # e and an accent of its own
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=300))
def test_columns_are_never_too_narrow(text):
    assert len(sort_key(text)) <= 300
    assert len(search_words(text, text * 3)) <= 600


def test_a_long_name_that_unfolds_still_fits():
    assert len(sort_key("ﷺ" * 300)) == 300


def test_each_search_word_stands_once_after_a_space():
    assert search_words("Ana Ana Popescu", "C-17") == " ana popescu c 17"


def test_names_sort_as_people_read_them():
    names = ["Zebra", "ábaco", "Apă", "Ёлка", "Ель", "10 Downing"]
    assert sorted(names, key=sort_key) == ["10 Downing", "ábaco", "Apă", "Zebra", "Ёлка", "Ель"]
