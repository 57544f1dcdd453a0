"""Every text that people read is marked for translation, and translated."""

import ast
import re
from pathlib import Path

import pytest

from holdfast.lib import catalogs, sources

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "holdfast"
TEMPLATES = sorted(HOUSE.rglob("templates/**/*.html"))
LANGUAGES = ["ro", "ru"]

NAMES = {"Holdfast", "Ctrl", "Esc", "Enter", "UTC", "CSV", "NPS", "JSON"}  # the same everywhere
SPOKEN = re.compile(r'\s(?:aria-label|title|alt|placeholder|label|submit|do|summary)="([^"]*)"')
TAG = re.compile(r"""<!?/?[a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*>""")
WORD = re.compile(r"[^\W\d_]{2,}")


def bare(template: str) -> set[str]:
    """The words of a template outside of every tag that translates."""
    text = re.sub(r"\{#.*?#\}|<!--.*?-->", " ", template, flags=re.DOTALL)
    text = re.sub(r"\{% comment.*?endcomment %\}", " ", text, flags=re.DOTALL)
    text = re.sub(r"\{% verbatim.*?endverbatim %\}", " ", text, flags=re.DOTALL)
    text = re.sub(r"\{% blocktrans.*?endblocktrans(?:late)? %\}", " ", text, flags=re.DOTALL)
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", text, flags=re.DOTALL)
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", text, flags=re.DOTALL)
    spoken = " ".join(SPOKEN.findall(text))
    shown = re.sub(r"&\w+;", " ", TAG.sub(" ", text))
    return set(WORD.findall(f"{spoken} {shown}")) - NAMES


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<p>Hello</p>", {"Hello"}),
        ('<p>{% translate "Hello" %} {{ name }}</p>', set()),
        ("<p>{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}</p>", set()),
        ('<a title="Open it" class="wide">{{ name }}</a>', {"Open", "it"}),
        ('<c-form submit="{% translate "Save" %}" class="wide"></c-form>', set()),
        ('<p data-x="a > b">3 × 4</p>', set()),
        ("{% if x %}yes{% endif %}", {"yes"}),
    ],
)
def test_the_check_itself(template, words):
    assert bare(template) == words


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_templates_hold_no_bare_words(path):
    assert bare(path.read_text()) == set()


@pytest.mark.parametrize("path", sorted(HOUSE.rglob("forms.py")), ids=str)
def test_forms_speak_through_translation(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.keyword) and node.arg in {"label", "help_text"}:
            assert not (isinstance(node.value, ast.Constant) and node.value.value), node.value.value


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_nothing_else(language):
    wanted = sources.texts(HOUSE)
    catalog = catalogs.read(catalogs.LOCALE / language / "LC_MESSAGES" / "django.po")

    assert catalog.missing(wanted) == [], "run bin/words and translate what it lists"
    assert set(catalog.texts) - wanted == set(), "run bin/words: these texts are gone"


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_every_name_to_fill_in(language):
    catalog = catalogs.read(catalogs.LOCALE / language / "LC_MESSAGES" / "django.po")
    slot = re.compile(r"%\(\w+\)[0-9.]*[a-z]|\{\w*\}")

    for (_context, text, plural), said in catalog.texts.items():
        for one in filter(None, said):
            allowed = set(slot.findall(text)) | set(slot.findall(plural))
            assert set(slot.findall(one)) <= allowed, one
            assert len(said) > 1 or set(slot.findall(one)) == allowed, one
