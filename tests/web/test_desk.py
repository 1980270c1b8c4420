"""Papers for the desk: filled from the work, every figure with its source, nobody betrayed."""

from __future__ import annotations

import io
import uuid
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import unquote

import docx
import pytest
from django.urls import reverse
from docx.oxml.ns import qn
from lxml import etree
from tests.factories import Cast, Person, challenge_of

from vuon.evidence.consent import Scope
from vuon.evidence.observation import Row
from vuon.evidence.thread import downward
from vuon.ideas.file import read as idea
from vuon_web.accounts.visibility import Tier
from vuon_web.cases import actions, filling, pages, queries
from vuon_web.cases.models import Paper, PaperVersion
from vuon_web.challenges.models import Challenge
from vuon_web.evidence import actions as evidence
from vuon_web.evidence import threads
from vuon_web.evidence.actions import Voice

pytestmark = pytest.mark.django_db

SENTENCE = "Người dân phải đến ba lần vì một bộ hồ sơ"
OPEN = (Scope.QUOTE_VERBATIM, Scope.SHARE_IN_LAB)
TEAM_ONLY = (Scope.QUOTE_VERBATIM,)
OWN_WORDS = (Scope.QUOTE_PARAPHRASE, Scope.SHARE_IN_LAB)
WORDS = "tôi mang bản phô tô đến mà cô ấy bảo không được đâu"
STATEMENT = "Đến quầy người dân mới biết thiếu giấy"
DAY = date(2026, 10, 12)


@pytest.fixture(autouse=True)
def ideas(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The ideas of the task, as the app of ideas would give them."""
    found: list[Any] = []
    for module in (filling, pages):
        monkeypatch.setattr(module, "ideas_of", lambda challenge: found)
    return found


def task(person: Person, tier: Tier = Tier.TEAM, rule: str = "No", **frame: str) -> Challenge:
    """A framed task; `rule` "" leaves the legal route open."""
    made = challenge_of(person, SENTENCE, tier)
    sent = {"challenge": SENTENCE, "frame_who": "Cha mẹ trẻ sơ sinh", **frame}
    if rule:
        sent |= {"frame_rule": rule, "frame_uncovered": "No"}
    person.post("challenges:frame", made.plans.get().pk, **sent)
    made.refresh_from_db()
    return made


def interview(
    challenge: Challenge, scopes: tuple[Scope, ...], words: str = WORDS, official: bool = False
) -> Any:
    """One conversation with one marked passage; returns the passage."""
    assert challenge.corpus
    source = evidence.add_source(
        corpus=challenge.corpus,
        kind="interview",
        titles={"vi": "Trò chuyện"},
        text=f"Hôm ấy {words} nên tôi về.",
        voices=(
            Voice(
                segment="official" if official else "resident",
                scopes=scopes,
                called={"vi": "Sen xanh", "en": "Blue lotus"},
            ),
        ),
        places={"vi": "quầy 2"},
        collected=DAY,
        checked=True,
        by=None,
    )
    text = source.versions.get()
    return source.passages.create(
        version=text, start=len("Hôm ấy "), end=len("Hôm ấy ") + len(words)
    )


def found(challenge: Challenge, passages: list[Any], statement: str = STATEMENT) -> Any:
    """A finding that rests on the passages."""
    assert challenge.corpus
    return evidence.make_finding(
        corpus=challenge.corpus,
        statement=statement,
        by=None,
        for_=[f"passage:{each.pk}" for each in passages],
    )


def timed(challenge: Challenge, minutes: int = 35, n: int = 9) -> Any:
    """A stopwatch sheet on which everybody waits as long."""
    assert challenge.corpus
    sheet = evidence.add_source(
        corpus=challenge.corpus,
        kind="observation",
        titles={"vi": "Sáng thứ Hai"},
        text="",
        places={"vi": "quầy 2"},
        collected=DAY,
        basis="observation",
        checked=True,
        by=None,
    )
    start = datetime(2026, 10, 12, 7, 30)
    rows = [
        (
            f"s:{number}",
            Row(
                "s",
                str(number),
                arrived=start,
                called=start + timedelta(minutes=minutes),
                done=start + timedelta(minutes=minutes + 8),
            ),
        )
        for number in range(n)
    ]
    evidence.add_rows(source=sheet, rows=rows, by=None)
    return sheet


def opened(person: Person, challenge: Challenge, key: str = "to-trinh") -> Any:
    """The downloaded file, read back."""
    response = person.get("cases:download", challenge.pk, key)
    assert response.status_code == 200, response.status_code
    return docx.Document(io.BytesIO(response.content))


def lines(document: Any) -> list[str]:
    """Every paragraph, those in tables too."""
    paragraphs = document.element.body.iter(qn("w:p"))
    return ["".join(text.text or "" for text in each.iter(qn("w:t"))) for each in paragraphs]


def slip_and_paper(document: Any) -> tuple[str, str]:
    """What stands before the status line and what after it."""
    every = lines(document)
    at = every.index("DỰ THẢO")
    return "\n".join(every[:at]), "\n".join(every[at:])


def footnotes(document: Any) -> list[str]:
    """The sources at the foot of the pages, in order; only those that the text refers to."""
    (part,) = [
        link.target_part
        for link in document.part.rels.values()
        if link.reltype.endswith("/footnotes")
    ]
    notes = {
        each.get(qn("w:id")): "".join(each.itertext()).strip()
        for each in etree.fromstring(part.blob).findall(qn("w:footnote"))
    }
    used = document.element.body.iter(qn("w:footnoteReference"))
    return [notes[each.get(qn("w:id"))] for each in used]


def everything(document: Any) -> str:
    return "\n".join([*lines(document), *(footnotes(document) if _has_notes(document) else [])])


def _has_notes(document: Any) -> bool:
    return any(link.reltype.endswith("/footnotes") for link in document.part.rels.values())


@pytest.mark.view("cases:download", "works")
def test_the_word_file_holds_the_work_its_sources_its_dots_and_its_slip(cast: Cast, ideas) -> None:
    ideas.append(
        idea(
            'format = 1\nkey = "list"\nname = "Danh mục bằng lời thường"\n'
            'text = "Phát danh mục giấy tờ cần mang trước khi người dân rời nhà."\n'
            'owner = "Bộ phận Một cửa"\n[cost]\nmillion_dong = 8\ndays = 10\n'
        )
    )
    challenge = task(cast.official, frame_assumptions="Mọi người đọc tờ hướng dẫn")
    found(challenge, [interview(challenge, OWN_WORDS) for _ in range(4)])
    timed(challenge)
    response = cast.official.get("cases:download", challenge.pk, "to-trinh")
    named = response["Content-Disposition"]
    assert named.isascii() and 'filename="to-trinh-nguoi-dan-phai' in named
    assert "Tờ trình - Người dân phải đến ba lần" in unquote(named)
    document = docx.Document(io.BytesIO(response.content))
    slip, paper = slip_and_paper(document)
    for words in (
        SENTENCE,
        "Cha mẹ trẻ sơ sinh",
        "Danh mục bằng lời thường",
        "Bộ phận Một cửa",
        "8 triệu đồng",
        "theo 4 người dân",
        "không quá 35 phút",
        "Mọi người đọc tờ hướng dẫn",
        "Căn cứ Luật Tổ chức chính quyền địa phương",
        "……",
    ):
        assert words in paper, words
    notes = footnotes(document)
    assert any(
        "Sáng thứ Hai" in each and "12/10/2026" in each and "9 người" in each for each in notes
    )
    assert any("4 cuộc trò chuyện" in each and "theo lời kể" in each for each in notes)
    assert any("tự ước tính" in each and "giả định" in each for each in notes)
    assert "PHIẾU KIỂM TRƯỚC KHI TRÌNH" in slip and "kính gửi" in slip
    assert "8 triệu đồng" in slip  # assumed, so the signer is told


def test_nobody_is_named_and_few_people_are_not_counted_out(cast: Cast) -> None:
    challenge = task(cast.official)
    several = [interview(challenge, OPEN) for _ in range(3)]
    found(challenge, [*several, interview(challenge, OPEN, "việc này ai cũng ngại hỏi", True)])
    text = everything(opened(cast.official, challenge))
    assert "Sen xanh" not in text and "Blue lotus" not in text
    assert "theo 4 người)" in text and "1 cán bộ" not in text


@pytest.mark.parametrize(
    ("scopes", "quoted"), [(OPEN, True), (TEAM_ONLY, False), (OWN_WORDS, False)]
)
def test_words_leave_the_team_only_where_their_speaker_said_so(
    cast: Cast, scopes: tuple[Scope, ...], quoted: bool
) -> None:
    challenge = task(cast.official)
    found(challenge, [interview(challenge, scopes), interview(challenge, scopes, "khó lắm")])
    text = everything(opened(cast.official, challenge))
    assert (WORDS in text) is quoted
    assert STATEMENT in text  # the team's own words


def test_what_nobody_allows_any_more_is_not_told_either(cast: Cast) -> None:
    challenge = task(cast.official)
    passages = [interview(challenge, OPEN) for _ in range(3)]
    found(challenge, passages)
    for each in passages:
        who = each.source.participants.get()
        who.consents.update(expires=DAY)
    assert STATEMENT not in everything(opened(cast.official, challenge))


def test_a_withdrawal_takes_the_quote_out_of_papers_and_of_what_was_typed(cast: Cast) -> None:
    challenge = task(cast.official)
    passage = interview(challenge, OPEN)
    found(challenge, [passage, interview(challenge, OPEN, "lần nào cũng thiếu một tờ gì đó")])
    send(cast.official, challenge, impact=f"Không còn ai kể rằng {WORDS}\nnữa")
    send(cast.official, challenge, impact=f"Bớt cảnh {WORDS}.")
    assert WORDS in everything(opened(cast.official, challenge))
    assert challenge.corpus
    evidence.withdraw(corpus=challenge.corpus, by=cast.official.actor, source=passage.source)
    assert WORDS not in everything(opened(cast.official, challenge))
    assert not [each for each in PaperVersion.objects.all() if WORDS in each.text]
    assert "Bớt cảnh" in queries.typed(Paper.objects.get())["impact"].text


def send(person: Person, challenge: Challenge, key: str = "to-trinh", **fields: str) -> Any:
    """Type into fields: `impact=…`, `impact_source=…`; on what stands unless `base` is given."""
    base = fields.pop("base", "") or str(queries.number(queries.paper(challenge, key)))
    sent = {"base": base}
    for name, text in fields.items():
        field, _, part = name.partition("__")
        sent[f"{part or 'text'}-{field}"] = text
    return person.post("cases:paper", challenge.pk, key, **sent)


@pytest.mark.view("cases:paper", "works")
def test_what_is_typed_fills_the_paper_and_serves_the_others(cast: Cast) -> None:
    challenge = task(cast.official)
    page = cast.official.get("cases:paper", challenge.pk, "to-trinh").content.decode()
    assert 'name="text-leader"' in page and 'name="text-problem"' not in page
    assert send(cast.official, challenge, leader="Chủ tịch UBND phường", unit="").status_code == 302
    assert "Kính gửi: Chủ tịch UBND phường" in lines(opened(cast.official, challenge))
    assert "Kính gửi: Chủ tịch UBND phường" in lines(opened(cast.official, challenge, "one-page"))
    page = cast.official.get("cases:paper", challenge.pk, "to-trinh").content.decode()
    assert "Chủ tịch UBND phường" in page and "DỰ THẢO" in page


def test_a_figure_without_a_source_never_passes_silently(english: Cast) -> None:
    cast = english
    challenge = task(cast.official)
    send(cast.official, challenge, impact="Giảm 20 phút mỗi lượt")
    page = cast.official.get("cases:paper", challenge.pk, "to-trinh").content.decode()
    assert "Where does it come from? Without a source" in page
    desk = cast.official.get("cases:desk", challenge.pk).content.decode()
    assert "1 sentence has a figure without a source" in desk
    slip, _ = slip_and_paper(opened(cast.official, challenge))
    assert "chưa ghi nguồn" in slip and "Giảm 20 phút mỗi lượt" in slip
    send(
        cast.official,
        challenge,
        impact="Giảm 20 phút mỗi lượt",
        impact__source="Sổ theo dõi tại quầy, tháng 10/2026",
        impact__light="measured",
    )
    document = opened(cast.official, challenge)
    slip, _ = slip_and_paper(document)
    assert "chưa ghi nguồn" not in slip
    assert any("Sổ theo dõi tại quầy, tháng 10/2026." in each for each in footnotes(document))
    page = cast.official.get("cases:paper", challenge.pk, "to-trinh").content.decode()
    assert "Where does it come from? Without a source" not in page


def test_what_the_work_says_can_be_said_differently_and_taken_again(cast: Cast) -> None:
    challenge = task(cast.official)
    address = reverse("cases:paper", args=[challenge.pk, "to-trinh"])
    page = cast.official.client.get(f"{address}?own=problem").content.decode()
    assert f">\n{SENTENCE}</textarea>" in page
    send(cast.official, challenge, problem=SENTENCE)  # says nothing new, so nothing is kept
    assert not queries.typed(queries.paper(challenge, "to-trinh"))
    send(cast.official, challenge, problem="Người dân đi lại nhiều lần")
    assert "Người dân đi lại nhiều lần." in lines(opened(cast.official, challenge))
    send(cast.official, challenge, problem="")
    assert f"{SENTENCE}." in lines(opened(cast.official, challenge))


def test_asking_for_a_further_field_keeps_what_was_typed(cast: Cast) -> None:
    challenge = task(cast.official)
    sent = {"base": "1", "text-leader": "Chủ tịch UBND phường", "own": "problem"}
    answer = cast.official.post("cases:paper", challenge.pk, "to-trinh", **sent)
    assert answer.headers["Location"].endswith("?own=problem#field-problem")
    assert queries.typed(Paper.objects.get())["leader"].text == "Chủ tịch UBND phường"


def test_who_takes_the_paper_along_takes_what_was_just_typed(cast: Cast) -> None:
    challenge = task(cast.official)
    sent = {"base": "1", "text-leader": "Chủ tịch UBND phường", "take": "1"}
    answer = cast.official.post("cases:paper", challenge.pk, "to-trinh", **sent)
    page = cast.official.client.get(answer["Location"]).content.decode()
    word = reverse("cases:download", args=[challenge.pk, "to-trinh"])
    assert f'content="0; url={word}"' in page
    assert "Kính gửi: Chủ tịch UBND phường" in lines(opened(cast.official, challenge))


def test_what_a_source_rests_on_is_said_by_the_person(english: Cast) -> None:
    challenge = task(english.official)
    answer = send(english.official, challenge, impact="Giảm 20 phút", impact__source="Sổ theo dõi")
    page = answer.content.decode()
    assert answer.status_code == 422 and "Choose what the source rests on." in page
    assert "Giảm 20 phút" in page and "Sổ theo dõi" in page
    assert not Paper.objects.filter(versions__n__gt=1).exists()


def test_a_figure_without_a_source_leads_to_where_it_is_given(english: Cast) -> None:
    challenge = task(english.official)
    send(english.official, challenge, problem="Mỗi tháng 40 người quay lại", impact="Bớt 5 lượt")
    page = english.official.get("cases:paper", challenge.pk, "to-trinh").content.decode()
    assert '<a href="#field-problem">' in page and '<a href="#field-impact">' in page


def test_what_somebody_began_in_an_example_lab_is_no_example(cast: Cast) -> None:
    challenge = task(cast.official)
    challenge.lab.kind = "example"
    challenge.lab.save()
    for own in (True, False):
        if not own:
            challenge.author = None
            challenge.save()
        made = filling.of_paper(challenge, *_template(challenge), cast.official.audience)
        assert bool(made.filled.paper.watermark) is not own


def test_a_table_is_typed_line_by_line(cast: Cast) -> None:
    challenge = task(cast.official)
    send(cast.official, challenge, options="Thêm quầy | đông người | 30 triệu đồng\nGiữ như cũ")
    tables = opened(cast.official, challenge).tables
    cells = [[cell.text for cell in row.cells] for row in tables[1].rows]
    assert cells[1] == ["Thêm quầy", "đông người", "30 triệu đồng"]
    assert cells[2] == ["Giữ như cũ", "……", "……"]
    made = filling.of_paper(challenge, *_template(challenge), cast.official.audience)
    assert "options" in [each.field for each in made.filled.missing]


def _template(challenge: Challenge, key: str = "to-trinh") -> tuple[Any]:
    from vuon_web.cases import pages

    return (pages.template_for(challenge, key, "vi"),)


def test_two_who_write_one_field_both_keep_their_words(english: Cast) -> None:
    cast = english
    challenge = task(cast.official)
    send(cast.official, challenge, people="Hai cán bộ", base="1")
    other = send(cast.official, challenge, people="Một cán bộ", unit="Văn phòng", base="1")
    page = other.content.decode()
    assert other.status_code == 409
    assert "Hai cán bộ" in page and "Một cán bộ" in page and "Văn phòng" in page
    # Another field meanwhile is no conflict, and what the other wrote stays.
    assert send(cast.official, challenge, unit="Văn phòng", base="1").status_code == 302
    kept = queries.typed(Paper.objects.get())
    assert (kept["people"].text, kept["unit"].text) == ("Hai cán bộ", "Văn phòng")


@pytest.mark.view("cases:undo", "works")
def test_the_last_change_is_taken_back_and_brought_again(cast: Cast) -> None:
    challenge = task(cast.official)
    send(cast.official, challenge, unit="Văn phòng")
    send(cast.official, challenge, unit="Phòng Văn hóa")

    def unit() -> str:
        found = queries.typed(Paper.objects.get()).get("unit")
        return found.text if found else ""

    for sent, stands in (({}, "Văn phòng"), ({}, ""), ({}, ""), ({"again": "1"}, "Văn phòng")):
        cast.official.post("cases:undo", challenge.pk, "to-trinh", **sent)
        assert unit() == stands
    assert cast.official.post("cases:undo", challenge.pk, "ke-hoach").status_code == 404


@pytest.mark.view("cases:desk", "works")
def test_without_a_route_the_one_page_is_possible_and_the_questions_are_named(
    english: Cast,
) -> None:
    cast = english
    challenge = task(cast.official, rule="")
    desk = cast.official.get("cases:desk", challenge.pk).content.decode()
    assert reverse("cases:download", args=[challenge.pk, "one-page"]) in desk
    assert reverse("cases:download", args=[challenge.pk, "to-trinh"]) not in desk
    frame = reverse("challenges:frame", args=[challenge.plans.get().pk])
    for words in (frame, "No finding has a voice behind it yet", "There is no idea yet"):
        assert words in desk
    page = cast.official.get("cases:paper", challenge.pk, "to-trinh").content.decode()
    assert "Does it change or set aside a written rule?" in page and frame in page
    response = cast.official.get("cases:download", challenge.pk, "to-trinh")
    assert response["Location"] == reverse("cases:paper", args=[challenge.pk, "to-trinh"])
    assert SENTENCE in everything(opened(cast.official, challenge, "one-page"))


def test_each_route_has_its_papers(cast: Cast) -> None:
    challenge = task(cast.official, rule="Yes")
    assert "ĐỀ CƯƠNG THÍ ĐIỂM" in everything(opened(cast.official, challenge))
    desk = cast.official.get("cases:desk", challenge.pk).content.decode()
    assert reverse("cases:paper", args=[challenge.pk, "ke-hoach"]) not in desk
    permit = task(cast.official, frame_uncovered="Yes")
    plan = permit.plans.get()
    cast.official.post("challenges:frame", plan.pk, challenge=SENTENCE, frame_uncovered="Yes")
    desk = cast.official.get("cases:desk", permit.pk).content.decode()
    assert "93/2025/QH15" in desk and "/word/" not in desk
    assert cast.official.get("cases:paper", challenge.pk, "khong-co").status_code == 404


def test_the_english_page_is_for_the_lab(cast: Cast) -> None:
    challenge = task(cast.official)
    text = lines(opened(cast.official, challenge, "one-page-en"))
    assert "DRAFT" in text and "ONE-PAGE SUMMARY" in text and f"{SENTENCE}." in text


@pytest.mark.view("cases:desk", "not yours")
@pytest.mark.view("cases:paper", "not yours")
@pytest.mark.view("cases:download", "not yours")
@pytest.mark.view("cases:undo", "not yours")
def test_the_papers_of_another_team_are_not_there(cast: Cast) -> None:
    challenge = task(cast.official)
    send(cast.official, challenge, unit="Văn phòng")
    for person in (cast.neighbour, cast.mentor, cast.outsider):
        assert person.get("cases:desk", challenge.pk).status_code == 404
        for name in ("cases:paper", "cases:download"):
            assert person.get(name, challenge.pk, "to-trinh").status_code == 404
        for name in ("cases:paper", "cases:undo"):
            assert person.post(name, challenge.pk, "to-trinh", base="1").status_code == 404
    assert cast.official.get("cases:desk", uuid.uuid4()).status_code == 404


def test_readers_outside_the_team_read_the_paper_without_what_people_said(english: Cast) -> None:
    cast = english
    challenge = task(cast.official, Tier.PROGRAMME)
    found(challenge, [interview(challenge, OPEN) for _ in range(3)])
    timed(challenge)
    assert WORDS in everything(opened(cast.official, challenge))
    text = everything(opened(cast.neighbour, challenge))
    assert SENTENCE in text
    for words in (WORDS, STATEMENT, "35 phút"):
        assert words not in text
    page = cast.neighbour.get("cases:paper", challenge.pk, "to-trinh").content.decode()
    assert "the team's. Here the papers stand without it" in page and "<textarea" not in page
    assert send(cast.neighbour, challenge, unit="x").status_code == 404
    assert Paper.objects.count() == 1  # a reader leaves none behind


def test_a_taken_paper_stands_in_the_thread_and_leads_to_voices(cast: Cast) -> None:
    challenge = task(cast.official)
    finding = found(challenge, [interview(challenge, OPEN) for _ in range(3)])
    sheet = timed(challenge)
    ref = "figure:to-trinh:figures"
    assert challenge.corpus
    assert ref not in threads.of(challenge.corpus).thread.by_id
    opened(cast.official, challenge)
    told = threads.of(challenge.corpus)
    below = {branch.end.id for branch in downward(told.thread, ref)}
    assert {finding.ref, f"observation:{sheet.pk}"} < below
    assert any(each.startswith("passage:") for each in below)
    assert told.addresses[ref] == reverse("cases:paper", args=[challenge.pk, "to-trinh"])
    page = cast.official.get("evidence:thread", challenge.corpus_id, finding.ref).content.decode()
    assert told.addresses[ref] in page or ref in page
    preview = cast.official.get("cases:paper", challenge.pk, "to-trinh").content.decode()
    assert reverse("evidence:finding", args=[finding.pk]) in preview


def test_the_record_holds_counts_and_no_words(cast: Cast) -> None:
    from vuon_web.audit.models import Event

    challenge = task(cast.official)
    send(cast.official, challenge, impact="Giảm 20 phút")
    opened(cast.official, challenge)
    taken = Event.objects.filter(kind="paper", verb="took").get()
    assert taken.detail["template"] == "to-trinh" and taken.detail["unsourced"] == 1
    assert not [each for each in Event.objects.filter(kind="paper") if "phút" in str(each.detail)]


def test_a_shipped_text_is_put_and_the_card_stands_on_the_task(cast: Cast) -> None:
    challenge = task(cast.official)
    text = 'format = 1\n[[field]]\nkey = "leader"\ntext = "Giám đốc Sở"\n'
    actions.put(challenge=challenge, template=_template(challenge)[0], text=text)
    assert "Kính gửi: Giám đốc Sở" in lines(opened(cast.official, challenge))
    page = cast.official.get("challenges:challenge", challenge.pk).content.decode()
    assert reverse("cases:desk", args=[challenge.pk]) in page
