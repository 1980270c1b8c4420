"""Laws of the plan format: what is read comes back, and an edit touches nothing else."""

from __future__ import annotations

import json
import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vuon.challenges.clean import escape, readable, writable
from vuon.challenges.document import Document
from vuon.challenges.edit import add_group, set_answer, set_tags
from vuon.challenges.markdown import encode, from_json, read, to_json, write
from vuon.challenges.personal import drop_personal
from vuon.challenges.plan import new
from vuon.errors import VuonError

law = settings(
    deadline=None, max_examples=60, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")

# Pieces of lines that mean something in the format, mixed with plain words in two languages.
PIECES = st.sampled_from(
    [
        *(
            "> ",
            ">",
            "> None",
            "# ",
            "## ",
            "## Partners",
            "### ",
            "####",
            "- ",
            "-",
            "* ",
            "**a**",
        ),
        *("[[methods:Ethnography]]", "[[4:14]]", "[[year:2022", "[[Year: 2022]]", "[[a:", "]]"),
        *('<div class="group">', "</div>", "<div>", "<br>", "<b>", "</b>", "<!-- -->", "<script>"),
        *(
            "[https://example.org/a](https://example.org/a)",
            "[a](b)",
            "[https://example.org",
            "](x)",
        ),
        *("![x](https://example.org/a.png)", "![", "https://example.org/?a=1&copy=2", "www.a.vn"),
        *(
            "&amp;",
            "&amp;amp;lt;",
            "&lt;b&gt;",
            "&nbsp;",
            "&#64;",
            "(cid:273)",
            "\\",
            "\\\\",
            "\\>",
        ),
        *("\xa0", "\u200b", "\ufeff", "\r", "\t", "  ", "\u2028", "\x0b", "\x85", "\x1f", "\ue000"),
        *("\U0010fffd", "\U0010f7e9", "e\u0301", "Đường", "điện", "Hộ tịch", "queue", "2 < 3", "é"),
        *("Please provide a name for your action learning plan.", "Stage", "\n", "\n\n", "\n\n\n"),
        *("> Please provide a name for your action learning plan.", "> Sense", "> Bối cảnh"),
        "Please note: we ask you to only submit a maximum of 3 challenges - 1x Big Bet, "
        "2x Exploratory. Each challenge must be submitted individually.",
    ]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=8).map("".join),
    st.lists(st.lists(PIECES, max_size=3).map("".join), max_size=6).map("\n".join),
    st.text(max_size=60),
)
FILES = st.one_of(
    TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.lists(st.one_of(TEXTS.map(lambda t: t.encode("utf-8", "replace")), st.binary(max_size=6)))
    .map(b"\n".join)
    .filter(bool),
    st.binary(max_size=80),
)
FORMS = st.sampled_from(["opening", "closing", "closing-2021", "experiment", "solution-innovation"])


def read_or_none(content: bytes) -> Document | None:
    try:
        return read(content, "a.md")
    except VuonError as refused:
        assert refused.code in {"plan.empty", "plan.binary", "plan.too_large", "plan.too_long"}
        return None


@law
@given(FILES)
def test_every_file_comes_back_byte_for_byte_or_is_refused(content: bytes) -> None:
    document = read_or_none(content)
    if document is not None:
        assert encode(document) == content
        assert document.sections is not None
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            write(document).encode("utf-8")
        else:
            assert write(document).encode("utf-8") == content


@law
@given(FILES)
def test_a_document_survives_the_database(content: bytes) -> None:
    document = read_or_none(content)
    if document is not None:
        stored = json.dumps(to_json(document), ensure_ascii=False)
        stored.encode("utf-8")
        assert "\\u0000" not in stored
        assert from_json(json.loads(stored)) == document


@law
@given(TEXTS)
def test_escaped_text_reads_as_it_was_written(text: str) -> None:
    wanted = writable(text)
    assert writable(wanted) == wanted
    assert readable(escape(wanted)) == wanted
    assert readable(escape(wanted, items=True)) == wanted


def others(document: Document, key: str) -> list[object]:
    return [
        (a.key, a.prompt, a.text, a.choices, a.images)
        for a in document.every_answer
        if a.key != key
    ]


@law
@given(FORMS, TEXTS, TEXTS, st.data())
def test_an_answer_comes_back_exactly_and_touches_nothing_else(
    form: str, first: str, second: str, data: st.DataObject
) -> None:
    document = new(form, "A plan", "en")
    for text in (first, second):
        key = data.draw(st.sampled_from([answer.key for answer in document.every_answer]))
        edited = set_answer(document, key, text)
        again = read(encode(edited), "a.md")
        assert again.answer(key).text == writable(text) == edited.answer(key).text
        assert others(edited, key) == others(document, key)
        assert again.blocks == edited.blocks
        document = edited


@law
@given(FILES, TEXTS, st.data())
def test_any_document_can_be_edited(content: bytes, text: str, data: st.DataObject) -> None:
    document = read_or_none(b"# A\n\n[[type:learningplan]]\n\n" + content)
    if document is None or not document.every_answer:
        return
    key = data.draw(st.sampled_from([answer.key for answer in document.every_answer]))
    # text under no prompt of its own is no answer any more once it is empty, so it never is here
    wanted = writable(text) or "x"
    edited = set_answer(document, key, wanted)
    assert edited.answer(key).text == wanted
    assert others(edited, key) == others(document, key)


@law
@given(st.lists(TEXTS, max_size=4))
def test_choices_come_back_in_their_order(values: list[str]) -> None:
    document = set_answer(new("opening", "A plan", "en"), "stages#1", choices=values)
    wanted = [" ".join(writable(value).split()) for value in values]
    assert list(document.answer("stages#1").choices) == [value for value in wanted if value]


@law
@given(st.lists(TEXTS, max_size=4))
def test_tags_come_back_and_no_answer_moves(values: list[str]) -> None:
    document = new("opening", "A plan", "vi", year=2026)
    tagged = set_tags(document, "methods", values)
    wanted = dict.fromkeys(" ".join(writable(value).split()) for value in values)
    assert [tag.value for tag in tagged.tags if tag.key == "methods"] == [v for v in wanted if v]
    assert tagged.sections == document.sections
    assert set_tags(tagged, "methods", []).blocks == document.blocks


@law
@given(FILES, st.sampled_from(["a.b@example.org", "mailto:x+y@sub.example.com", "đ@example.vn"]))
def test_no_address_survives(content: bytes, address: str) -> None:
    hidden = address.replace("@", "&#64;").encode()
    split = address.replace("@", "<b>@</b>").encode()
    parts = [b"# A", b"[[focal_point:" + address.encode() + b"]]", content, address.encode()]
    document = read_or_none(b"\n".join([*parts, hidden, split, b"[" + parts[3] + b"](x)"]))
    if document is not None:
        kept = drop_personal(document)
        everything = (
            json.dumps(to_json(kept), ensure_ascii=False) + write(kept) + str(kept.sections)
        )
        assert not ADDRESS.search(everything)
        assert drop_personal(kept) == kept


@law
@given(st.sampled_from(["quantitative_evidence", "partners", "learning_question"]), TEXTS)
def test_a_new_group_is_empty_and_moves_nothing(prompt_id: str, text: str) -> None:
    document = set_answer(new("opening", "A plan", "en"), "challenge#1", text)
    more = add_group(document, prompt_id)
    assert len(more.every_answer) > len(document.every_answer)
    assert [a for a in more.every_answer if a.is_given] == [
        a for a in document.every_answer if a.is_given
    ]
