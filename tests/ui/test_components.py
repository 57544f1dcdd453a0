"""Components print what they are given: escaped, wired, and with decimal points in attributes."""

import re
from html.parser import HTMLParser

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from holdfast.ui import plots


def drawn(source: str, **context) -> str:
    from django_cotton.compiler_regex import CottonCompiler

    return Template(CottonCompiler().process(source)).render(Context(context))


def test_a_band_is_a_word_not_only_a_colour():
    assert drawn('<c-band name="not_so_healthy" />') == (
        '<span class="band not_so_healthy">not so healthy</span>'
    )


def test_a_segment_says_what_it_is():
    assert 'title="Segment A"' in drawn('<c-segment name="A" />')
    assert 'title="Segment unknown"' in drawn('<c-segment :name="None" />')


def test_an_unknown_range_speaks_no_score():
    html = drawn('<c-range :low="33.0" :high="87.0" :at="None" band="unknown" />')

    assert "anything between 33 and 87 of 100" in html
    assert 'class="at"' not in html


def test_a_range_whose_score_is_zero_says_zero():
    html = drawn(
        '<c-range :low="low" :high="high" :at="at" band="unhealthy" />', low=0, high=9, at=0
    )

    assert "0 of 100, between 0 and 9" in html


def test_a_component_does_not_take_its_caller_for_its_arguments():
    html = drawn('<c-range band="unknown" />', low=1.0, high=2.0, at=1.5)

    assert html.strip() == ""


@pytest.mark.parametrize("language", ["ru", "ro", "en"])
def test_lengths_have_decimal_points_in_every_language(language):
    chart = plots.line(
        [plots.Reading("a", 10.5, 9.25, 12.75), plots.Reading("b", 1000.5, 900.1, 1100.9)],
        low=0.5,
        high=1234.5,
        tell=str,
    )
    source = """
        <c-plot :chart="chart" label="x" />
        <c-range :low="10.25" :high="20.75" :at="15.5" band="healthy" />
        <c-spark :values="values" /> <c-bar :adds="1.5" :of="2.5" :most="9.5" />
        <c-bands :counts="counts" /> <c-progress :value="1.5" :of="1234.5" />"""
    with translation.override(language):
        html = drawn(source, chart=chart, values=[1.5, 2.5], counts={"healthy": 1, "unknown": 2})

    lengths = re.findall(
        r' (?:x|y|x1|x2|y1|y2|cx|cy|r|d|width|height|value|max|viewBox)="([^"]*)"', html
    )
    assert len(lengths) > 30
    assert not [length for length in lengths if "," in length or "\N{NO-BREAK SPACE}" in length]


def test_words_from_outside_are_escaped():
    name = '<b a="1">\''
    html = drawn(
        '<c-queue-item :name="name" href="/x/">{{ name }}</c-queue-item><c-figure :title="name" />'
        '<c-button href="/x/" :title="name">{{ name }}</c-button><c-notice>{{ name }}</c-notice>',
        name=name,
    )

    tags = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: tags.append((tag, dict(attrs)))
    parser.feed(html)
    assert "b" not in [tag for tag, _ in tags]
    assert [attrs["title"] for tag, attrs in tags if "title" in attrs] == [name]


class Asked(forms.Form):
    name = forms.CharField(label="Name", help_text="As clients know you.")
    pace = forms.ChoiceField(label="Pace", choices=[("a", "A")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="Sure", required=False)
    day = forms.DateField(label="Day", required=False)


def test_a_wrong_answer_is_tied_to_its_field_and_listed_on_top():
    html = drawn('<c-form :form="form" submit="Save" method="get" />', form=Asked({}))

    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert "2 answers need you" in html
    assert '<a href="#id_name">Name</a>' in html


def test_choices_stand_in_a_group_with_its_question():
    html = drawn('<c-field :field="form.pace" />', form=Asked())

    assert re.search(r"<fieldset[^>]*><legend>Pace</legend>", html)


def test_what_may_stay_empty_is_marked():
    html = drawn('<c-field :field="form.day" />', form=Asked())

    assert "optional" in html


def test_progress_without_a_known_end_has_no_value():
    assert "<progress></progress>" in drawn('<c-progress label="Reading" />')


def test_a_heat_cell_that_nobody_can_know_is_no_zero():
    html = drawn('<table><tr><c-heat :share="None">–</c-heat></tr></table>')

    assert "heat-none" in html
    assert "0%" not in html
