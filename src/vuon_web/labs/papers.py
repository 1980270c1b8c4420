"""Files that people take away and bring back, and the version that was on their page."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from vuon.errors import VuonError
from vuon_web.accounts.refusals import Refusal
from vuon_web.accounts.requests import Request

LARGEST = 1024 * 1024


def download(text: str, name: str, kind: str = "application/toml") -> HttpResponse:
    """A text as a file to keep."""
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def sent(request: Request, field: str = "file") -> str:
    """The text of the file that was sent.

    Raises:
        Refusal: there is none, it is too large, or it is no text.
    """
    file = request.FILES.get(field)
    if file is None:
        raise Refusal(_("No file was chosen. Choose one, then send it."))
    if file.size is None or file.size > LARGEST:
        raise Refusal(_("The file is larger than 1 MB. Such a file has some pages at most."))
    try:
        return str(file.read().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refusal(_("The file is not a text in UTF-8. Save it again as UTF-8.")) from None


def base_of(request: Request) -> int | None:
    """The number of the version that the sent page showed; None if it does not say."""
    said = request.POST.get("base", "")
    return int(said) if said.isdigit() else None


def base_shown(request: Request, standing: int) -> int:
    """The version that a page with a form goes on from: that of the page it was sent from.

    A form given back for a mistake must not forget which version it showed, or what somebody else
    kept meanwhile would be overwritten unseen.
    """
    sent = base_of(request) if request.method == "POST" else None
    return standing if sent is None else sent


def why(error: VuonError | Refusal, language: str) -> str:
    """Why something was refused, in the page's language."""
    return error.say(language) if isinstance(error, VuonError) else str(error.message)
