"""Files that the command line reads and writes; what cannot be is said in words."""

from __future__ import annotations

from pathlib import Path

from vuon.errors import N_, VuonError, Where, Words


def text_of(path: Path) -> str:
    """The text of a file in UTF-8, with or without the mark that spreadsheets put before it.

    Raises:
        VuonError: `journey.missing`, `journey.encoding`, `journey.unreadable`.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        what, do = Words(N_("The file is not there.")), Words(N_("Check its name and folder."))
        raise VuonError("journey.missing", what, do, where=Where(str(path))) from None
    except UnicodeDecodeError:
        what = Words(N_("The file is not in UTF-8."))
        do = Words(N_("Save it again with the encoding UTF-8."))
        raise VuonError("journey.encoding", what, do, where=Where(str(path))) from None
    except OSError:
        what = Words(N_("The file cannot be opened."))
        do = Words(N_("Check that it is a file and that you may read it."))
        raise VuonError("journey.unreadable", what, do, where=Where(str(path))) from None


def put(text: str, out: Path | None) -> None:
    """Write a text into a file, or print it.

    Raises:
        VuonError: `journey.unwritable`.
    """
    if out is None:
        print(text, end="")
        return
    try:
        out.write_text(text, encoding="utf-8", newline="\n")
    except OSError:
        raise VuonError(
            "journey.unwritable",
            Words(N_("The file cannot be written.")),
            Words(N_("Check that its folder is there and that you may write in it.")),
            where=Where(str(out)),
        ) from None
