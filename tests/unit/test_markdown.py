"""Reading and writing the Commons' format: made-up documents, each with one difficulty."""

from __future__ import annotations

import pytest

from vuon.challenges.document import Answer, Document
from vuon.challenges.markdown import encode, read, write
from vuon.errors import VuonError

HEAD = "# Shorter queues\n\n[[focal_point:a@example.org]]\n\n[[year:2026]]\n\n[[type:learningplan]]\n\n"
TAGS = "[[methods:Ethnography]]\n[[country:Vietnam]]\n[[latlng:16.6,106.3]]\n"
NAME = "\n> Please provide a name for your action learning plan.\n"
QUALITATIVE = (
    "\n> Qualitative evidence:\xa0What weak signals have you recently spotted that characterizes its "
    "urgency? Please provide qualitative information that better exemplifies the importance and "
    "urgency of this frontier challenge. You can add text, a link, or a picture.\n"
)
METHODS = (
    "\n> Usage of methods: Relating to your choice above, how will you use your methods &amp; tools "
    "for this learning question? What value do these add in answering your learning question?\n"
)
STAGES = "\n> To what stage(s) in the learning cycle does your learning question relate?\n"


def group(inside: str) -> str:
    return f'\n\n<div class="group">\n\n{inside}\n\n</div>\n\n'


def plan(body: str, tags: str = TAGS) -> Document:
    content = (HEAD + tags + body).encode()
    document = read(content, "plan.md")
    assert encode(document) == content
    assert write(document).encode() == content
    return document


def codes(document: Document) -> set[str]:
    return {issue.code for issue in document.issues}


def one(document: Document, prompt_id: str) -> Answer:
    (answer,) = document.answers(prompt_id)
    return answer


def test_a_plan_has_sections_answers_and_tags() -> None:
    document = plan(f"## Title\n{NAME}\nShorter queues\n## Partners\n")
    assert (document.kind, document.form, document.title) == (
        "opening",
        "opening",
        "Shorter queues",
    )
    assert [section.title for section in document.sections] == ["Title", "Partners"]
    assert one(document, "name").text == "Shorter queues"
    assert document.tag_values("methods") == ("Ethnography",)
    assert document.tag_values("country") == ("Viet Nam",)
    assert [tag.value for tag in document.tags if tag.key == "country"] == ["Vietnam"]


def test_an_empty_prompt_in_a_group_belongs_to_the_prompt_outside() -> None:
    link = "[https://example.org/a](https://example.org/a)\n"
    document = plan(
        f"## Challenge statement\n{QUALITATIVE}{group(chr(10) + '> ' + chr(10) * 2 + 'Seen' + chr(10))}"
        f"{group(chr(10) + '> ' + chr(10) + link)}"
    )
    first, second = document.answers("qualitative_evidence")
    assert (first.key, first.group, first.text) == ("qualitative_evidence#1", 1, "Seen")
    assert (second.group, second.text, second.links) == (
        2,
        "https://example.org/a",
        ("https://example.org/a",),
    )
    assert second.prompt.startswith("Qualitative evidence: What")


def test_partners_are_numbered_by_their_first_field() -> None:
    name = "\n> Please state the name of the Parter:\n\n{}\n"
    sector = "\n> What sector does our partner belong to?\n"
    body = "".join(group(name.format(who)) + group(sector) for who in ("Sở A", "Sở B"))
    document = plan(
        "## Partners\n\n> Who are your top 5 partners for this challenge? Please submit from MOST to "
        "LEAST important and state Name, Sector and a brief description of the (intended) "
        f"collaboration.\n{body}"
    )
    assert [(a.text, a.group) for a in document.answers("partner_name")] == [
        ("Sở A", 1),
        ("Sở B", 2),
    ]
    assert [a.group for a in document.answers("partner_sector")] == [1, 2]
    assert all(a.lost_at_source for a in document.answers("partner_sector"))
    assert document.answers("partners") == ()
    assert "F7" in codes(document)


def test_a_quotation_inside_an_answer_opens_no_prompt() -> None:
    document = plan(
        f"## Learning questions\n{METHODS}\nWe were told:\n\n> Come back tomorrow.\n\nAgain.\n"
    )
    assert one(document, "usage_of_methods").text == (
        "We were told:\n\n> Come back tomorrow.\n\nAgain."
    )


def test_a_prompt_with_other_spelling_is_known() -> None:
    body = METHODS.replace("&amp;amp;", "&").replace("What value do", "What values do")
    document = plan(f"## Learning questions\n{body}\nWalks\n")
    assert one(document, "usage_of_methods").text == "Walks"


def test_a_question_of_an_unknown_form_is_kept_with_its_answer() -> None:
    document = plan("## Questions de terrain\n\n> Quelle est la situation ?\n\nDes files.\n")
    answer = one(document, "free")
    assert (answer.prompt, answer.text) == ("Quelle est la situation ?", "Des files.")
    assert "F8" in codes(document)


def test_the_rest_of_a_question_is_no_answer() -> None:
    document = plan(
        "## Challenge statement\n\n> Challenge type: If you are working on multiple challenges, please "
        'indicate if this is your "big bet" or "exploratory" challenge.\xa0\n\nPlease note: we ask you '
        "to only submit a maximum of 3 challenges - 1x Big Bet, 2x Exploratory. Each challenge must be "
        "submitted individually.\n\n"
    )
    answer = one(document, "challenge_type")
    assert (answer.text, answer.lost_at_source) == ("", True)
    assert "F6" in codes(document)


def test_choices_and_the_lone_dash() -> None:
    document = plan(f"## Learning questions\n{STAGES}\n- Test\n- Grow\n{STAGES}\n- \n")
    first, second = document.answers("stages")
    assert (first.choices, first.text, second.choices) == (("Test", "Grow"), "", ())
    assert not second.is_given


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("R&amp;amp;D and &lt;b&gt;bold&lt;/b&gt;", "R&D and bold"),
        ("one<br>two<div>three</div>", "one\ntwo\nthree"),
        ("a\xa0b\u200bc", "a bc"),
        ("(cid:272)ăng ký", "Đăng ký"),
        ("2 < 3 and <person>", "2 < 3 and <person>"),
        ("Tom &copy=1 & Jerry", "Tom &copy=1 & Jerry"),
        (r"\> not a quotation", "> not a quotation"),
        (r"\\server\share", r"\\server\share"),
    ],
)
def test_the_view_is_clean_and_the_file_is_not_touched(raw: str, shown: str) -> None:
    assert one(plan(f"## Title\n{NAME}\n{raw}\n"), "name").text == shown


def test_a_link_that_holds_a_page_gives_its_addresses() -> None:
    inside = "https://a.example/x&amp;lt;div&amp;gt; https://b.example/y<div><br></div>"
    document = plan(f"## Title\n{NAME}[{inside}]({inside})\n")
    assert one(document, "name").links == ("https://a.example/x", "https://b.example/y")
    assert {"E2", "E3"} <= codes(document)


def test_a_link_over_several_lines() -> None:
    inside = "https://a.example/x\n\nhttps://b.example/y\n"
    document = plan(f"## Title\n{NAME}[{inside}]({inside})\n")
    assert one(document, "name").text == "https://a.example/x\nhttps://b.example/y"


def test_a_picture_is_kept_and_counts_as_an_answer() -> None:
    document = plan(f"## Title\n{NAME}\n\n![Missing alt text](https://example.org/a.png)\n\n")
    answer = one(document, "name")
    assert (answer.text, answer.images, answer.is_given) == (
        "",
        ("https://example.org/a.png",),
        True,
    )
    assert "L2" in codes(document)


@pytest.mark.parametrize(
    ("tags", "key", "value"),
    [
        ("[[methods:long\ntag]]\n", "methods", "long tag"),
        ("[[methods:Ethnography]\n[[sdgs:8. Decent work]]\n", "methods", "Ethnography"),
        ("[[ Methods :Ethnography]]\n", "methods", "Ethnography"),
        ("[[methods:Ethnography\n## Title\n", "methods", "Ethnography"),
    ],
)
def test_a_broken_tag_is_read_and_reported(tags: str, key: str, value: str) -> None:
    document = plan("", tags)
    assert document.tag_values(key) == (value,)
    (issue,) = [issue for issue in document.issues if issue.code == "F1"]
    assert (issue.line, issue.severity) == (9, "repaired")


def test_times_in_brackets_are_no_tags() -> None:
    document = read(b"[[type:story]]\n\n# A\n\n[[0:15]] So it began.\n", "a.md")
    assert [tag.key for tag in document.tags] == ["type"]
    assert "F2" in codes(document)


def test_a_group_that_is_not_closed_ends_at_the_next_part() -> None:
    document = plan(
        f'## Challenge statement\n{QUALITATIVE}\n\n<div class="group">\n\n\n> \n\nSeen\n## Partners\n'
    )
    assert one(document, "qualitative_evidence").text == "Seen"
    assert "G1" in codes(document)


def test_a_group_that_is_not_closed_ends_at_the_next_question_with_groups() -> None:
    inside = '\n\n<div class="group">\n\n\n> \n\nSeen\n'
    document = plan(f"## Challenge statement\n{QUALITATIVE}{inside}{QUALITATIVE}{inside}")
    assert [(a.text, a.group) for a in document.answers("qualitative_evidence")] == [
        ("Seen", 1),
        ("Seen", 1),
    ]


def test_a_title_over_several_lines_and_a_menu_as_title() -> None:
    document = read(
        b"# Skip to main content\nLand\nMENU\nHOW WE LEARNED TO...\n\n[[type:blog]]\n\n[[source:https://"
        b"example.org/blog/how-we]]\n\nMENU\nHOW WE LEARNED TO QUEUE\nText.\n",
        "blog.md",
    )
    assert (document.kind, document.title) == ("blog", "HOW WE LEARNED TO QUEUE")
    assert "F4" in codes(document)


def test_a_page_without_any_structure_is_one_answer() -> None:
    document = read("Chào anh/chị.\n\n> một câu\n".encode(), "ghi_chu.md")
    assert (document.kind, document.title) == ("free", "Chào anh/chị.")
    assert one(document, "body").text.startswith("Chào")


def test_bytes_that_are_not_utf8_stay_and_are_reported() -> None:
    content = b"# Enqu\xeate\n\n## Title\n\n> Note\n\n\xff\xfe caf\xe9 \xf4\x8f\xbf\xbd\n"
    document = read(content, "a.md")
    assert encode(document) == content
    assert document.title == "Enqu\ufffdte"
    write(document).encode("utf-8")
    assert "E0" in codes(document)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_is_read_and_given_back(encoding: str) -> None:
    content = ("\ufeff" + HEAD + f"## Title\n{NAME}\nHàng chờ\n").encode(encoding)
    document = read(content, "a.md")
    assert one(document, "name").text == "Hàng chờ"
    assert encode(document) == content


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_other_line_ends_and_a_byte_order_mark(newline: str) -> None:
    content = ("\ufeff" + HEAD + TAGS + f"## Title\n{NAME}\nA\n").replace("\n", newline).encode()
    document = read(content, "a.md")
    assert (document.title, one(document, "name").text) == ("Shorter queues", "A")
    assert encode(document) == content
    assert write(document).encode() == content


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", "plan.empty", "empty"),
        (b" \r\n\n", "plan.empty", "empty"),
        (b"PK\x03\x04....word/document.xml", "plan.binary", "Word document"),
        (b"PK\x03\x04....", "plan.binary", "Unpack it first"),
        (b"%PDF-1.7", "plan.binary", "PDF"),
        (b"\x89PNG\r\n", "plan.binary", "picture"),
        (b"# A\n\nb\x00c", "plan.binary", "a.md:3"),
        (b"a\n" * 20_001, "plan.too_long", "20002 lines"),
        (b"x" * 5_000_001, "plan.too_large", "5.0 MB"),
    ],
)
def test_what_is_no_plan_is_refused_with_what_to_do(content: bytes, code: str, words: str) -> None:
    with pytest.raises(VuonError) as refused:
        read(content, "a.md")
    assert refused.value.code == code
    assert words in refused.value.say()
    assert refused.value.do.say()


@pytest.mark.parametrize(
    "piece",
    [
        "[[a:",
        "> x\n\n",
        '<div class="group">\n',
        "&amp;",
        "[https://",
        "\\",
        "- a\n",
        "a@",
        "<!--",
        "[a](",
        "www.",
        "1 ",
    ],
)
def test_many_signs_of_one_kind_come_back(piece: str) -> None:
    """Each of these would take minutes if reading were not linear in the length of the text."""
    content = (HEAD + piece * (100_000 if "\n" not in piece else 6_000)).encode()
    document = read(content, "a.md")
    assert encode(document) == content
    assert document.sections is not None
    assert document.issues
