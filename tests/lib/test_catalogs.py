import gettext
import io
import os

from holdfast.lib import catalogs, sources
from holdfast.lib.catalogs import Catalog

HEAD = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n!=1;\n"
TEXTS = {
    ("", 'Say "yes"\nor\tno \\ never', ""): ["Spune „da”\nsau nu"],
    ("menu", "Open", ""): ["Deschide"],
    ("", "%(n)s day", "%(n)s days"): ["%(n)s zi", "%(n)s zile"],
}


def test_what_is_written_is_read_again(tmp_path):
    path = tmp_path / "ro" / "django.po"
    catalogs.write(Catalog(HEAD, TEXTS), path)
    assert catalogs.read(path) == Catalog(HEAD, TEXTS)


def test_gettext_reads_what_is_compiled():
    said = gettext.GNUTranslations(io.BytesIO(catalogs.binary(Catalog(HEAD, TEXTS))))

    assert said.gettext('Say "yes"\nor\tno \\ never') == "Spune „da”\nsau nu"
    assert said.pgettext("menu", "Open") == "Deschide"
    assert said.ngettext("%(n)s day", "%(n)s days", 5) == "%(n)s zile"
    assert said.gettext("Unknown") == "Unknown"


def test_a_fuzzy_or_half_translation_does_not_count(tmp_path):
    path = tmp_path / "django.po"
    path.write_text('msgid ""\nmsgstr ""\n\n#, fuzzy\nmsgid "Open"\nmsgstr "Închide"\n')
    half = {("", "day", "days"): ["zi", ""]}

    assert catalogs.read(path).missing({("", "Open", "")}) == [("", "Open", "")]
    assert Catalog(HEAD, half).missing(set(half)) == [("", "day", "days")]
    assert b"zi" not in catalogs.binary(Catalog(HEAD, half))


def test_only_a_newer_text_is_compiled_again(tmp_path, monkeypatch):
    source = tmp_path / "in" / "ro" / "LC_MESSAGES" / "django.po"
    monkeypatch.setattr(catalogs, "LOCALE", tmp_path / "in")
    catalogs.write(Catalog(HEAD, TEXTS), source)
    target = catalogs.compiled(tmp_path / "out") / "ro" / "LC_MESSAGES" / "django.mo"
    first = target.read_bytes()
    target.write_bytes(b"kept")

    catalogs.compiled(tmp_path / "out")
    assert target.read_bytes() == b"kept"

    os.utime(source, ns=(2 * 10**18, 2 * 10**18))
    catalogs.compiled(tmp_path / "out")
    assert target.read_bytes() == first


def test_texts_are_found_in_python_and_templates():
    python = (
        '_("One"); pgettext_lazy("menu", "Two"); ngettext("day", "da" "ys", n); _(name); f("no")'
    )
    template = """{% translate "It's" %}<a title="{% translate 'Two' context 'menu' %}">
      {% blocktranslate trimmed count n=days %}
        {{ n }} day
      {% plural %}{{ n }} days{% endblocktranslate %}{{ x|default:_("None") }}gettext("no")"""

    assert set(sources.in_python(python)) == {
        ("", "One", ""), ("menu", "Two", ""), ("", "day", "days"),
    }  # fmt: skip
    assert set(sources.in_template(template)) == {
        ("", "It's", ""), ("menu", "Two", ""), ("", "None", ""),
        ("", "%(n)s day", "%(n)s days"),
    }  # fmt: skip
