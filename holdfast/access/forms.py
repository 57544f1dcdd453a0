"""Clean words of the doors: welcome, and the words that allauth's forms have here."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, SetPasswordForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from holdfast.access.models import Person

_STRONG = _("At least 12 characters. Several words are easy to keep and hard to guess.")


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
        help_text=_STRONG,
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


def _say(form: forms.Form, **labels: Any) -> None:
    """Our labels, and no placeholder that says the label again."""
    for name, label in labels.items():
        field = form.fields[name]
        field.label = label
        field.widget.attrs.pop("placeholder", None)
    if "password1" in labels:
        form.fields["password1"].help_text = _STRONG


class SignInForm(LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        _say(self, login=_("Your e-mail address"), password=_("Your password"))


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        _say(
            self,
            oldpassword=_("Your password until now"),
            password1=_("The new password"),
            password2=_("The new password, again"),
        )


class FirstPasswordForm(SetPasswordForm):  # type: ignore[misc]
    """For a person who came by a one-time link and has none yet."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        _say(self, password1=_("A password"), password2=_("The password, again"))
