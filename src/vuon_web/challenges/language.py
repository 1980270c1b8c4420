"""In which language a plan is written, as far as it can be told from its letters."""

from __future__ import annotations

from vuon.challenges.markdown import Document

#: Letters that Vietnamese has and neither English, French nor Spanish.
VIETNAMESE = frozenset("ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")


def language_of(document: Document) -> str:
    """The language a plan names in its tags; else "vi" or "en", by the letters of its answers."""
    named = document.tag_values("language")
    if named and named[0] in ("vi", "en"):
        return named[0]
    text = " ".join(a.text for section in document.sections for a in section.answers).casefold()
    letters = sum(letter.isalpha() for letter in text)
    marked = sum(letter in VIETNAMESE for letter in text)
    return "vi" if letters and marked / letters > 0.05 else "en"
