"""Under which address others reach this server."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

_HERE = ("localhost", "127.0.0.1", "[::1]")


def for_others(request: HttpRequest, path: str) -> str:
    """The full address of `path` for a phone in the room; empty if only this computer can come.

    Whoever runs the session often looks at `localhost`, which means something else on a phone:
    then the address in the local network is taken.
    """
    host = request.get_host()
    name, _, port = (
        host.rpartition(":") if not host.endswith("]") and ":" in host else (host, "", "")
    )
    if name in _HERE:
        others = [each for each in settings.ALLOWED_HOSTS if each not in (*_HERE, "0.0.0.0", "*")]  # noqa: S104
        if settings.VUON_ALONE or not others:
            return ""
        # An address of figures is understood by every phone, a computer's name is not.
        numeric = [each for each in others if each.replace(".", "").isdigit()]
        host = (numeric or others)[0] + (f":{port}" if port else "")
    return f"{request.scheme}://{host}{path}"
