"""What people send: a code, a team, a new session or team, a partner, an invitation, an offer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vuon.challenges import names
from vuon_web.accounts.permissions import Role
from vuon_web.accounts.visibility import Tier
from vuon_web.labs import codes
from vuon_web.labs.actions import ROLES, AgencyDraft
from vuon_web.labs.models import Agency, Cohort, Lab, Team
from vuon_web.labs.people import INVITED, ROLE_WORDS


class CodeForm(forms.Form):
    """The code of a room or a team."""

    code = forms.CharField(
        label=_("The code on the wall or on the table"),
        help_text=_("Six signs, capitals or not."),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Type the six signs first.")},
    )

    def clean_code(self) -> str:
        """The code as it is kept; what cannot be a code costs no attempt."""
        code = codes.read(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(
                _(
                    "A code has six signs, only these: %(signs)s. There is no 0, no 1 and no "
                    "vowel in it."
                ),
                params={"signs": " ".join(codes.ALPHABET)},
            )
        return code


class JoinForm(forms.Form):
    """Which team to join, and whether somebody new holds this device."""

    team = forms.ModelChoiceField(
        queryset=Team.objects.none(),
        required=False,
        blank=True,
        label=_("Your team"),
        empty_label=_("No team yet"),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, teams: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]
        self.fields["team"].label_from_instance = lambda team: team.name  # type: ignore[attr-defined]


class SessionForm(forms.Form):
    """A new session."""

    title = forms.CharField(
        label=_("What is this session called?"),
        max_length=200,
        error_messages={
            "required": _("Give the session a title, so that people know where they are.")
        },
    )
    cohort = forms.ModelChoiceField(
        queryset=Cohort.objects.none(),
        required=False,
        label=_("Which cohort comes?"),
        empty_label=_("A new cohort"),
    )

    def __init__(self, *args: Any, cohorts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cohort"].queryset = cohorts  # type: ignore[attr-defined]
        self.fields["cohort"].label_from_instance = lambda cohort: cohort.title  # type: ignore[attr-defined]


class TeamForm(forms.Form):
    """A new team of a cohort."""

    name = forms.CharField(
        label=_("Name of the team"),
        max_length=120,
        error_messages={"required": _("Give the team a name.")},
    )
    agency = forms.ModelChoiceField(
        queryset=Agency.objects.none(),
        required=False,
        label=_("Does it belong to one partner?"),
        help_text=_("Then it gets a code of its own, and only who has that code can enter it."),
        empty_label=_("No, it is mixed"),
    )

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        lab = cohort.programme.lab
        self.fields["agency"].queryset = Agency.objects.filter(lab=lab)  # type: ignore[attr-defined]
        self.fields["agency"].label_from_instance = lambda agency: agency.name  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """The name, if the cohort has no team of that name."""
        name: str = self.cleaned_data["name"]
        if Team.objects.filter(cohort=self.cohort, name=name).exists():
            raise forms.ValidationError(_("There is a team of this name already. Choose another."))
        return name


class AgencyForm(forms.Form):
    """A partner: name, roles, what it brings."""

    name = forms.CharField(
        label=_("Name, as this lab writes it"),
        max_length=500,
        error_messages={"required": _("Write the partner's name.")},
    )
    roles = forms.MultipleChoiceField(
        label=_("What it is in this lab"),
        choices=[(role, ROLE_WORDS[role]) for role in ROLES],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "A first adopter uses results first, a spreader carries them further, an adviser "
            "stands by with knowledge."
        ),
    )
    description = forms.CharField(
        label=_("What it does here"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    sector = forms.CharField(label=_("Sector"), required=False, max_length=200)

    def draft(self) -> AgencyDraft:
        """What was written; the name is resolved anew."""
        found = names.resolve(self.cleaned_data["name"])
        return AgencyDraft(
            name=self.cleaned_data["name"],
            unit=found.key if found else "",
            roles=tuple(self.cleaned_data["roles"]),
            description=self.cleaned_data["description"],
            sector=self.cleaned_data["sector"],
        )


class InvitationForm(forms.Form):
    """Who is invited to the staff of a lab."""

    role = forms.ChoiceField(
        label=_("As what?"),
        choices=[(role.value, words) for role, words in INVITED.items()],
    )
    agency = forms.ModelChoiceField(
        queryset=Agency.objects.none(),
        required=False,
        label=_("From which partner?"),
        empty_label=_("From none of them"),
    )

    def __init__(self, *args: Any, lab: Lab, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.filter(lab=lab)  # type: ignore[attr-defined]
        self.fields["agency"].label_from_instance = lambda agency: agency.name  # type: ignore[attr-defined]

    def clean_role(self) -> Role:
        """The role itself, not its key."""
        return Role(self.cleaned_data["role"])


class OfferForm(forms.Form):
    """How far something is offered, and until when."""

    to = forms.ChoiceField(choices=Tier.choices())
    until = forms.DateField(
        required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
