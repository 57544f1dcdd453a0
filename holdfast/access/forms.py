"""Clean words of the welcome page."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from holdfast.access.models import Person


class WelcomeForm(forms.Form):
    """Who the owner is. It only cleans; `people.welcome` stores."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    password = forms.CharField(
        label=_("A password"),
        help_text=_("At least 12 characters. Several words are easy to keep and hard to guess."),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """The password must not resemble the name or the address, so it is checked with both."""
        words = super().clean() or self.cleaned_data
        if "password" in words:
            person = Person(email=words.get("email", ""), name=words.get("name", ""))
            try:
                validate_password(words["password"], person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return words
