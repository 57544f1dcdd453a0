"""How a form field is laid out: which of three shapes its control has."""

from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.template import Library

register = Library()


@register.filter
def shape(field: BoundField) -> str:
    """`choices` stand in a fieldset, a `check` before its label, a `control` below it."""
    widget = field.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    return "check" if isinstance(widget, CheckboxInput) else "control"
