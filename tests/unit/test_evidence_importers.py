"""Files as evidence: what is read, what is refused, and how it is said."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuon.errors import VuonError
from vuon.evidence.importers import KINDS, LARGEST, html, read

docx = pytest.importorskip("docx")

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@lru_cache(maxsize=1)
def word_file():
    document = docx.Document()
    document.add_heading("Phỏng vấn", 1)
    document.add_paragraph("P03: Chờ lâu lắm.")
    document.add_paragraph("Thiếu giấy", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for row, (one, other) in zip(table.rows, [("Quầy", "2"), ("Người", "40")], strict=True):
        row.cells[0].text, row.cells[1].text = one, other
    document.add_paragraph("Đường xa.")
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def changed(parts, content=None):
    """A Word file with other parts in it."""
    again = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content or word_file())) as old,
        zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, parts.get(name) or old.read(name))
        for name in parts.keys() - set(old.namelist()):
            new.writestr(name, parts[name])
    return again.getvalue()


def with_body(body, **parts):
    page = f'<w:document xmlns:w="{WORD}" xmlns:mc="mc" xmlns:a="a"><w:body>{body}</w:body></w:document>'
    return changed({"word/document.xml": page.encode(), **parts})


def p(inner):
    return f"<w:p>{inner}</w:p>"


def r(words, form=""):
    return f"<w:r><w:rPr>{form}</w:rPr><w:t>{words}</w:t></w:r>"


def test_a_word_file_in_the_order_of_its_page():
    found = read(word_file(), "phong_van_01.docx")
    assert found.title == "phong van 01"
    assert found.text.split("\n\n") == [
        "Phỏng vấn",
        "P03: Chờ lâu lắm.",
        "- Thiếu giấy",
        "Quầy | 2\nNgười | 40",
        "Đường xa.",
    ]
    assert [block.speaker for block in found.blocks] == ["", "P03", "", "", ""]
    assert found.notes == found.media == ()


DELETED_END = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
ROW = "<w:tr>{form}<w:tc>{one}</w:tc><w:tc>{other}</w:tc></w:tr>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        # changes that wait: insertions taken, deletions not, nor old formatting
        (p(r("Chờ ") + f"<w:del>{r('ít')}</w:del><w:ins>{r('lâu')}</w:ins>"), "Chờ lâu"),
        (p(f"<w:moveFrom>{r('Xa')}</w:moveFrom>") + p(f"<w:moveTo>{r('Xa')}</w:moveTo>"), "Xa"),
        (p(DELETED_END + r("Chờ ")) + p(r("lâu")), "Chờ lâu"),
        (p("<w:pPr><w:pPrChange><w:numPr/></w:pPrChange></w:pPr>" + r("Chờ")), "Chờ"),
        (
            "<w:tbl>"
            + ROW.format(form="<w:trPr><w:del/></w:trPr>", one=p(r("A")), other=p(r("B")))
            + ROW.format(form="", one=p(r("C")) + p(r("c")), other=p(r("D")))
            + "</w:tbl>",
            "C c | D",
        ),
        # lists, signs within runs, tabs of a ruler that are none
        (p('<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>' + r("Giấy")), "- Giấy"),
        (p('<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>' + r("Giấy")), "Giấy"),
        (
            p(
                "<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r>"
            ),
            "a\nb\tc",
        ),
        # a frame is no row; a box comes after the paragraph it hangs on, and once
        (f"<w:tbl><w:tr><w:tc>{p(r('A'))}{p(r('B'))}</w:tc></w:tr></w:tbl>", "A\n\nB"),
        (
            p(
                "<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>"
                + p(r("hộp"))
                + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
                + p(r("hộp"))
                + "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
                + r("Chờ")
            ),
            "Chờ\n\nhộp",
        ),
        (f"<w:sdt><w:sdtContent>{p(r('Chờ'))}</w:sdtContent></w:sdt>", "Chờ"),
        (
            p(
                "<w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink>"
                + r("lâu")
                + "</w:hyperlink>"
            ),
            "lâu",
        ),
        (p(r("Thấy") + r("giấu", "<w:vanish/>") + r(" rõ", '<w:vanish w:val="0"/>')), "Thấy rõ"),
    ],
)
def test_what_word_shows_is_what_is_read(body, text):
    assert read(with_body(body), "a.docx").text == text


def test_what_was_not_read_is_said():
    body = p(
        f"<w:ins>{r('lâu')}</w:ins><w:del>{r('ít')}</w:del><w:del>{r('mau')}</w:del>"
        "<w:r><w:commentReference/></w:r><w:r><a:blip/></w:r>" + r("giấu", "<w:vanish/>")
    )
    said = [note.say() for note in read(with_body(body), "a.docx").notes]
    assert said[0] == "Tracked changes: 1 insertions were taken, 2 deletions left out."
    assert [sentence.split()[:2] for sentence in said[1:]] == [
        ["1", "comments"],
        ["1", "pictures"],
        ["1", "passages"],
    ]


def test_footnotes_stand_at_the_end_under_their_number():
    kinds = zipfile.ZipFile(io.BytesIO(word_file())).read("[Content_Types].xml").decode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    override = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
    notes = (
        f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:id="0" w:type="separator">{p(r("---"))}</w:footnote>'
        f'<w:footnote w:id="7">{p(r("Hai giờ."))}</w:footnote></w:footnotes>'
    )
    found = read(
        with_body(
            p(r("Chờ") + '<w:r><w:footnoteReference w:id="7"/></w:r>' + r(" lâu")),
            **{
                "word/footnotes.xml": notes.encode(),
                "[Content_Types].xml": kinds.replace("</Types>", override).encode(),
            },
        ),
        "a.docx",
    )
    assert found.text == "Chờ[1] lâu\n\n[1] Hai giờ."


def pdf_file(*pages):
    """A PDF written by hand, with one line of text on each page that has one."""
    streams = [f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET" if words else "" for words in pages]
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for stream in streams:
        kids.append(f"{len(objects) + 1} 0 R")
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects) + 2} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    written, places = "%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{each}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        f"{written}xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF\n"
    ).encode()


def test_pages_of_a_pdf_and_those_without_text():
    pytest.importorskip("pypdfium2")
    found = read(pdf_file("One.", "", "Two."), "a.pdf")
    assert found.text == "One.\n\nTwo."
    assert found.notes[0].say().startswith("1 of 3 pages")


def test_a_scan_says_what_to_do():
    pytest.importorskip("pypdfium2")
    with pytest.raises(VuonError) as caught:
        read(pdf_file("", ""), "quet.pdf")
    assert caught.value.code == "evidence.scanned"
    assert "2 pages" in caught.value.what.say()
    assert "note" in caught.value.do.say()


def test_a_pdf_gives_paragraphs_and_vietnamese_words():
    pytest.importorskip("pypdfium2")
    typst = pytest.importorskip("typst")
    one = "Người dân phải chờ rất lâu ở một cửa, có hôm từ bảy giờ sáng đến trưa mới được gọi tên. "
    source = f'#set page(width: 11cm)\n#set text(lang: "en", hyphenate: true)\n{one * 3}\n\nP04: Đường xa.\n\n- Thiếu giấy'
    blocks = read(typst.compile(source.encode()), "a.pdf").text.split("\n\n")
    assert [blocks[0], blocks[1]] == [(one * 3).strip(), "P04: Đường xa."]
    assert blocks[2].endswith("Thiếu giấy")


def test_a_locked_pdf_is_told_from_a_broken_one():
    pytest.importorskip("pypdfium2")
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_file("One.")))
    writer.encrypt("mật khẩu", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    with pytest.raises(VuonError) as caught:
        read(locked.getvalue(), "a.pdf")
    assert caught.value.code == "evidence.locked"


TEXT = "Người dân chờ lâu ở một cửa. Đường xa."


def windows(text):
    """The bytes of Vietnamese Windows, which has letters with shapes and tones apart."""
    written = b""
    for sign in text:
        try:
            written += sign.encode("cp1258")
        except UnicodeEncodeError:
            letter, *marks = unicodedata.normalize("NFD", sign)
            tone = next(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
            marks.remove(tone)
            written += (unicodedata.normalize("NFC", letter + "".join(marks)) + tone).encode(
                "cp1258"
            )
    return written


@pytest.mark.parametrize(
    ("content", "name", "guessed"),
    [
        (TEXT.encode(), "a.txt", []),
        (TEXT.encode("utf-8-sig"), "a.txt", []),
        (TEXT.encode("utf-16"), "a.txt", []),
        (TEXT.encode("utf-16-be"), "a.txt", ["UTF-16"]),
        (TEXT.encode("utf-16-le"), "a.txt", ["UTF-16"]),
        (windows(TEXT), "a.txt", ["Windows-1258"]),
        (TEXT.encode(), "a.html", []),
        (TEXT.encode("utf-16"), "a.html", []),
        (windows(TEXT), "a.html", ["Windows-1258"]),
        (b'<meta charset="windows-1258">' + windows(TEXT), "a.html", []),
    ],
)
def test_text_in_any_encoding_and_a_guess_is_said(content, name, guessed):
    found = read(content, name)
    assert found.text == TEXT
    assert [note.fields["encoding"] for note in found.notes] == guessed


def test_a_torn_text_is_still_utf8():
    found = read(TEXT.encode() + "ờ".encode()[:2], "a.txt")
    assert found.text.startswith(TEXT)
    assert found.notes[0].fields["count"] == 1


def test_a_page_in_the_encoding_it_names():
    page = '<html><meta charset="windows-1252"><p>café</p>'.encode("cp1252")
    assert read(page, "a.html").text == "café"
    assert html.words('<meta charset="zlib_codec">a') == "a"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (
            "<head><title>x</title><style>p{}</style></head><p onload=x()>Chờ&nbsp;<b>lâu</b></p>",
            "Chờ lâu",
        ),
        ("Chờ<script>alert('</p>')</script> lâu<SCRIPT>x</script >", "Chờ lâu"),
        ("a<br>b<hr>c<div><div>d</div></div>", "a\nb\n\nc\n\nd"),
        ("<ul><li><p>một</p></li><li></li><li>hai</ul>ba", "- một\n\n- hai\n\nba"),
        ("<table><tr>\n <td><p>A</p>\n <td>B<br>b</table>c", "A | B b\n\nc"),
        ("<table><tr><td><p>A</p><table><tr><td>x<td>y</table><p>B</table>", "A\n\nx | y\n\nB"),
        ("<!-- <p>ẩn</p> -->a<!doctype x><?b?></ >b", "ab"),
        ("<a title=\"a > b\" href='>'>c</a> 1 < 2", "c 1 < 2"),
        ("it's <p it's>x</p> <p>y'</p>", "it's\n\nx\n\ny'"),
        ("&lt;p&gt; &amp;amp; &#7901; &#99999999999;", "<p> &amp; ờ \ufffd"),
        ("<pre>a  b\n  c</pre>", "a b\nc"),
        ("<svg><title>x</title><text>hình</text></svg>chữ", "chữ"),
        ("chữ<svg>còn", "chữcòn"),
        ("a < b", "a < b"),
    ],
)
def test_words_of_pages(markup, text):
    assert html.words(markup) == text


HOSTILE = [
    "<!--",
    "<a ",
    '<a b="',
    "<a b='\">",
    "<![",
    "</",
    "<!",
    "<?",
    "<svg>",
    "<table><td>",
    "&#",
    "&amp",
    "<li>",
    "<",
    "<script",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_pages_that_close_nothing_are_read_in_one_pass(piece):
    # The parser of the standard library needs a minute for some of these; here 40 times as
    # much must end within the patience of a test run.
    html.words(piece * 20_000)


@given(
    st.lists(
        st.sampled_from(
            [*HOSTILE, "chờ", " ", ">", '"', "</td>", "</table>", "<tr>", "-->", "</pre>", "<pre>"]
        )
    ).map("".join)
)
def test_no_page_breaks_the_reader(markup):
    assert "<script" not in html.words(markup) or "<script" in markup


TAGS = ["<p>", "</p>", "<b>", "<td>", "<tr>", "<table>", "</table>", "<li>", "<br>", "<pre>"]


@given(st.lists(st.sampled_from(TAGS)))
def test_words_outside_tags_are_kept_whatever_the_tags(tags):
    markup = "".join(f"{tag}chữ{nth} " for nth, tag in enumerate(tags))
    words = [word for word in html.words(markup).split() if word not in ("-", "|")]
    assert words == [f"chữ{nth}" for nth in range(len(tags))]


BOMB = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    ("make", "name", "code"),
    [
        (lambda: b"x" * (LARGEST + 1), "a.txt", "too_large"),
        (lambda: b"  \n", "a.txt", "empty"),
        (lambda: "\ufeff\u200b\n".encode(), "a.txt", "empty"),
        (lambda: b"<p></p>", "a.html", "empty"),
        (lambda: b"a,b\n1,2", "a.csv", "kind"),
        (lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\x06", "a.txt", "kind"),
        (lambda: b"{\\rtf1 Ch}", "a.doc", "kind"),
        (lambda: zipped({"mimetype": b"application/epub+zip"}), "a.epub", "kind"),
        (lambda: with_kind("spreadsheetml.sheet.main+xml"), "a.docx", "kind"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 100, "a.doc", "old_word"),
        (
            lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "a.docx",
            "locked",
        ),
        (lambda: b"PK\x03\x04 not a zip", "a.docx", "damaged"),
        (lambda: b"no archive", "a.docx", "damaged"),
        (lambda: zipped({"a.txt": b"a"}), "a.docx", "damaged"),
        (lambda: word_file()[:-400], "a.docx", "damaged"),
        (lambda: word_file(), "a.docm", "macros"),
        (lambda: changed({"word/vbaProject.bin": b"x"}), "a.docx", "macros"),
        (
            lambda: with_kind("", "application/vnd.ms-word.document.macroEnabled.main+xml"),
            "a.docx",
            "macros",
        ),
        (lambda: changed({"word/media/a.bin": b"\0" * 10_000_000}), "a.docx", "bomb"),
        (lambda: changed({"word/document.xml": BOMB.encode()}), "a.docx", "damaged"),
        (lambda: changed({"word/document.xml": BOMB.encode("utf-16")}), "a.docx", "damaged"),
        (lambda: with_body("<w:sdt>" * 2_000 + "</w:sdt>" * 2_000), "a.docx", "damaged"),
        (lambda: b"%PDF-1.7 broken", "a.pdf", "damaged"),
        (lambda: b"no page", "a.pdf", "damaged"),
    ],
)
def test_what_is_refused_says_what_to_do(make, name, code):
    with pytest.raises(VuonError) as caught:
        read(make(), name)
    assert caught.value.code == f"evidence.{code}"
    assert caught.value.what.say() and caught.value.do.say()
    if code == "kind" and name != "a.txt":
        assert all(f".{kind}" in caught.value.do.say() for kind in KINDS)


def zipped(parts):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def with_kind(ending, kind=""):
    kind = kind or f"application/vnd.openxmlformats-officedocument.{ending}"
    page = f'<Types><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    return changed({"[Content_Types].xml": page.encode()})


@pytest.mark.parametrize(
    ("make", "name", "text"),
    [
        (word_file, "ghi.txt", "Phỏng vấn"),
        (lambda: pdf_file("One."), "a.docx", "One."),
        (lambda: b"<html><p>Trang</p></html>", "ghi.doc", "Trang"),
    ],
)
def test_a_file_that_is_not_what_it_is_called_is_read_as_what_it_is(make, name, text):
    found = read(make(), name)
    assert found.text.startswith(text)
    assert found.notes[0].fields["suffix"] == Path(name).suffix[1:]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("C:\\Ghi chép\\phong_van 01.txt", "phong van 01"),
        ("../../etc/ghi.txt", "ghi"),
        ("a\u202etxt.exe.txt", "atxt.exe"),
        ("ghi", "ghi"),
    ],
)
def test_the_title_is_the_name_without_folder_and_ending(name, title):
    assert read(b"a", name).title == title


@given(st.data())
def test_a_damaged_word_file_is_read_or_refused_never_more(data):
    content = bytearray(word_file())
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert read(bytes(content), "a.docx").text
    except VuonError as refusal:
        assert refusal.do.say()
