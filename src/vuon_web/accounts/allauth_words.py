"""Sentences of the accounts library's own code, which has no Vietnamese.

Marked here so that our catalogue holds them; the library then finds them there. Never imported.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

WORDS = (
    _("Username"),
    _("Password"),
    _("Remember Me"),
    _("Current Password"),
    _("New Password"),
    _("New Password (again)"),
    _("You must type the same password each time."),
    _("Code"),
    _("Authenticator code"),
    _("Passwordless"),
    _(
        "Enabling passwordless operation allows you to sign in using just this key, but imposes "
        "additional requirements such as biometrics or PIN protection."
    ),
    _("Name"),
    _("Master key"),
    _("Backup key"),
    _("Key nr. {number}"),
    _("Incorrect code."),
    _("You cannot deactivate two-factor authentication."),
    _("You cannot generate recovery codes without having two-factor authentication enabled."),
)
