"""Names as they are compared: one folding for sorting, searching and matching headers.

The database collates by byte (C) and knows no accents, so what it compares is folded here.
"""

import re
import unicodedata

# Letters that have no decomposition, but that people type without their stroke or ligature.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """The words of the text, one space between: no case, no accents, no punctuation, ё as е.

    й stays: it is a letter of its own, not an и with an accent.
    """
    return " ".join(_WORD.findall(_plain(text)))


def sort_key(name: str) -> str:
    """What lists of names are sorted by; fits the column beside a name of 300 characters."""
    return fold(name)[:300]


def search_words(*texts: str) -> str:
    """Every distinct word of the texts, each after a space, so that ` be` finds what begins so."""
    words = dict.fromkeys(word for text in texts for word in fold(text).split())
    return "".join(f" {word}" for word in words)[:600]


def _plain(text: str) -> str:
    composed = unicodedata.normalize("NFC", text.casefold())
    bare = "".join(letter if letter == "й" else _without_marks(letter) for letter in composed)
    return bare.casefold().translate(_PLAIN)


def _without_marks(letter: str) -> str:
    apart = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in apart if not unicodedata.combining(part))
