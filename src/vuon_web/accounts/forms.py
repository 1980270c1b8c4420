"""What people send: the words of a resume code, a way to sign in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.forms import ChangePasswordForm as LibraryForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from vuon_web.accounts import queries, resume_codes

PASSWORD_HINT = _("At least ten signs. Three or four words in a row are easy to remember.")


class ResumeForm(forms.Form):
    """The words of a resume code."""

    words = forms.CharField(
        label=_("The eight words of your resume code"),
        help_text=_("With or without marks, in capitals or not. Spaces between the words."),
        max_length=200,
        widget=forms.Textarea(
            attrs={
                "rows": 2,
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": _("Type the eight words first.")},
    )

    def clean_words(self) -> tuple[str, ...]:
        """The words; a word that is in no code is named, and costs no attempt."""
        code = resume_codes.read(self.cleaned_data["words"])
        unknown = resume_codes.mistyped(code)
        if unknown:
            raise forms.ValidationError(
                ngettext(
                    "This word is in no resume code: %(words)s. Look at the paper once more.",
                    "These words are in no resume code: %(words)s. Look at the paper once more.",
                    len(unknown),
                )
                % {"words": ", ".join(unknown[:8])}
            )
        if len(code) != resume_codes.COUNT:
            raise forms.ValidationError(
                ngettext(
                    "A resume code has eight words; this is %(count)d.",
                    "A resume code has eight words; these are %(count)d.",
                    len(code),
                )
                % {"count": len(code)}
            )
        return code


class SignInForm(forms.Form):
    """How a member of staff signs in on another day."""

    username = forms.SlugField(
        label=_("User name"),
        help_text=_(
            "Letters without marks, figures, hyphens. You choose it; it need not be your name."
        ),
        min_length=3,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        error_messages={
            "required": _("Choose a user name."),
            "invalid": _("Only letters without marks, figures, hyphens and underscores."),
            "min_length": _("At least three letters."),
        },
    )
    name = forms.CharField(
        label=_("How others in the lab should call you"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=PASSWORD_HINT,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Choose a password.")},
    )

    def __init__(self, *args: Any, actor_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor_id = actor_id

    def clean_username(self) -> str:
        """The user name, if nobody else has it."""
        username: str = self.cleaned_data["username"].lower()
        if queries.username_taken(username, except_actor=self.actor_id):
            raise forms.ValidationError(
                _("Somebody here already has this user name. Choose another.")
            )
        return username

    def clean_password(self) -> str:
        """The password, if it is hard to guess."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class ChangePasswordForm(LibraryForm):  # type: ignore[misc]  # the library has no types
    """The library's form with our words for what a good password is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = PASSWORD_HINT
