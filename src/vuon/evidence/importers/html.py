"""Web pages and what is pasted from them: the words, never the markup.

Read in one pass by hand: the parser of the standard library takes minutes for 60 kB of tags that
are never closed. Nothing is nested but tables, and these only so deep.
"""

from __future__ import annotations

import codecs
import re
from html import unescape

from vuon.errors import N_, Words
from vuon.evidence.importers import Raw, too_long

_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_TAG_END = re.compile(r"=\s*([\"'])|>")
#: Longer numbers of signs there are none; Python refuses those of thousands of digits.
_NO_SIGN = re.compile(r"&#[xX]?[0-9a-fA-F]{8,};?")
_SKIPPED = frozenset(
    ("script", "style", "title", "template", "noscript", "svg", "math", "iframe", "object")
)
_BLOCKS = frozenset(
    (
        *("p", "div", "section", "article", "header", "footer", "aside", "main", "nav", "body"),
        *("blockquote", "pre", "figure", "figcaption", "form", "fieldset", "address", "hr"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "caption", "table"),
    )
)
_LINES = frozenset(("br", "li", "dt", "dd", "option", "summary", "legend"))
_DEEPEST = 30
MOST_TAGS = 3_000_000
_BLANK, _LINE, _PARAGRAPH = 1, 2, 3
_BETWEEN = {0: "", _BLANK: " ", _LINE: "\n", _PARAGRAPH: "\n\n"}
#: What pages name, and what is meant by it; names outside this list are taken for UTF-8.
_ENCODINGS = {
    **dict.fromkeys(("windows-1252", "iso-8859-1", "latin1", "us-ascii", "ascii"), "cp1252"),
    **dict.fromkeys(("windows-1258", "cp1258"), "cp1258"),
}


class _Out:
    """Words with the widest break that was asked for between them."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.waiting = 0
        #: the mark of an item of a list that has no words yet
        self.mark = ""

    def pause(self, width: int) -> None:
        self.waiting = max(self.waiting, width)

    def say(self, words: str) -> None:
        if self.parts:
            self.parts.append(_BETWEEN[self.waiting])
        self.parts.append(self.mark + words)
        self.waiting, self.mark = 0, ""

    def text(self) -> str:
        return "".join(self.parts)


class _Reader:
    def __init__(self) -> None:
        self.out = _Out()
        #: for each open table the cells of its row
        self.tables: list[list[_Out]] = []
        self.as_written = 0

    @property
    def here(self) -> _Out:
        """Where words go now: the innermost open cell, else the page."""
        return next((cells[-1] for cells in reversed(self.tables) if cells), self.out)

    def characters(self, text: str) -> None:
        text = unescape(_NO_SIGN.sub("\ufffd", text))
        if self.as_written:
            for nth, line in enumerate(text.split("\n")):
                self._words(line, _LINE if nth else 0)
        else:
            self._words(text, 0)

    def _words(self, text: str, pause: int) -> None:
        here, words = self.here, text.split()
        here.pause(pause)
        if text[:1].isspace():
            here.pause(_BLANK)
        if words:
            here.say(" ".join(words))
            if text[-1].isspace():
                here.pause(_BLANK)

    def tag(self, name: str, closing: bool) -> None:
        if name == "table":
            self._table(closing)
        elif name in ("tr", "td", "th") and self.tables:
            if name == "tr":
                self._row()
            elif not closing:
                self.tables[-1].append(_Out())
        elif name in _BLOCKS:
            self.here.pause(_PARAGRAPH)
            if name == "pre":
                self.as_written = max(0, self.as_written + (-1 if closing else 1))
        elif name in _LINES:
            self.here.pause(_LINE)
            if name == "li":
                self.here.mark = "" if closing else "- "

    def _table(self, closing: bool) -> None:
        if closing and self.tables:
            self._row()
            self.tables.pop()
        self.here.pause(_PARAGRAPH)
        if not closing and len(self.tables) < _DEEPEST:
            self.tables.append([])

    def _row(self) -> None:
        """What was in the cells of a row as one line; a single cell is a frame, not a row."""
        cells = [cell.text().strip() for cell in self.tables[-1]]
        self.tables[-1].clear()
        if len(cells) > 1:
            cells = [" ".join(cell.split()) for cell in cells]
        self.here.pause(_LINE)
        if any(cells):
            self.here.say(" | ".join(cells))
        self.here.pause(_LINE)

    def close(self) -> str:
        while self.tables:
            self._table(closing=True)
        return self.out.text()


class _Page:
    """A page and a place in it that only moves forward."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.at = 0
        self.last_end = markup.rfind(">")
        self.quotes = True
        self.unclosed: set[str] = set()

    def after(self, sought: str, start: int) -> int:
        """Behind the next `sought`; behind the next ">" if it comes no more."""
        found = -1 if sought in self.unclosed else self.markup.find(sought, start)
        if found >= 0:
            return found + len(sought)
        self.unclosed.add(sought)
        return self.markup.find(">", start) + 1 or len(self.markup)

    def tag_end(self, start: int) -> int:
        """Behind the ">" that ends a tag; one within a quoted value does not."""
        at = start
        while self.quotes:
            found = _TAG_END.search(self.markup, at)
            if found and not found[1]:
                return found.end()
            at = self.markup.find(found[1], found.end()) + 1 if found else 0
            if not at:  # a quotation mark that is never closed: from here on they mean nothing
                self.quotes = False
        return self.markup.find(">", start) + 1

    def skip(self, name: str) -> None:
        """Behind the end of an element that holds no words."""
        if name in self.unclosed:
            return
        found = re.compile(rf"</{name}[\s/>]", re.IGNORECASE).search(self.markup, self.at)
        if found:
            self.at = self.markup.find(">", found.end() - 1) + 1 or len(self.markup)
        elif name in ("script", "style"):
            self.at = len(self.markup)
        else:
            self.unclosed.add(name)


def words(markup: str) -> str:
    """The words of a piece of markup.

    Raises:
        VuonError: `evidence.too_long` for more than three million tags.

    >>> words("<p>Chờ <b>lâu</b></p><script>x()</script>Đường<br>xa &amp; mưa")
    'Chờ lâu\\n\\nĐường\\nxa & mưa'
    """
    page, reader, tags = _Page(markup), _Reader(), 0
    while page.at < len(markup):
        tags += 1
        if tags > MOST_TAGS:
            raise too_long()
        start = markup.find("<", page.at)
        if start < 0 or start > page.last_end:
            reader.characters(markup[page.at :])
            break
        named = _TAG.match(markup, start)
        if named or markup.startswith(("<!", "<?", "</"), start):
            if start > page.at:
                reader.characters(markup[page.at : start])
            _markup(page, reader, start, named)
        else:
            reader.characters(markup[page.at : start + 1])
            page.at = start + 1
    return reader.close()


def _markup(page: _Page, reader: _Reader, start: int, named: re.Match[str] | None) -> None:
    """Read the tag, comment or declaration at `start`."""
    if not named:
        comment = page.markup.startswith("<!--", start)
        page.at = page.after("-->" if comment else ">", start + 2)
        return
    page.at = page.tag_end(named.end())
    name, closing = named[1].lower(), named[0].startswith("</")
    if name in _SKIPPED and not closing:
        page.skip(name)
    else:
        reader.tag(name, closing)


def read(content: bytes) -> Raw:
    """The words of an HTML file, in the encoding it names, else UTF-8; a guess is said."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Raw(words(content.decode("utf-16", "replace")))
    named = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", content[:4096])
    encoding = _ENCODINGS.get(named[1].decode("ascii").lower() if named else "", "utf-8-sig")
    try:
        return Raw(words(content.decode(encoding)))
    except UnicodeDecodeError:
        pass
    note = N_("The file is not in UTF-8; it was read as {encoding}. Look at its accents.")
    guess = Words(note, {"encoding": "Windows-1258"})
    return Raw(words(content.decode("cp1258", "replace")), (guess,))
