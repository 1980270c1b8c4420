"""Notes, marks, findings, the thread: kept for the team, checked by a person, found again."""

from __future__ import annotations

import io
import re
import uuid
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from tests.factories import Cast, Person, challenge_of

from vuon_web.accounts.visibility import Tier
from vuon_web.challenges import queries as challenges
from vuon_web.challenges.models import Challenge
from vuon_web.evidence import queries, threads
from vuon_web.evidence.models import Corpus, Finding, Need, Passage, Source

pytestmark = pytest.mark.django_db

WORDS = "Chữ “trích lục” tôi không hiểu.\n\nThứ Hai nào cũng phải quay lại hai lần vì thiếu một tờ."
HARD = "trích lục"


@dataclass
class Desk:
    """A team's task with one note that was checked."""

    cast: Cast
    person: Person
    challenge: Challenge
    corpus: Corpus
    source: Source

    def mark(self, quote: str, source: Source | None = None, **more: str) -> Passage:
        """A passage marked as the element does it."""
        source = source or self.source
        version = queries.text_of(source)
        assert version
        start = version.text.index(quote)
        sent = {"client_id": uuid.uuid4().hex, "start": start, "end": start + len(quote), **more}
        answer = self.person.post("evidence:mark", source.pk, **sent)
        assert answer.status_code == 200, answer.content
        found = queries.passage_of_mark(source, answer.json()["id"])
        assert found
        return found

    def finding(self, statement: str, *for_: Passage, against: tuple[Passage, ...] = ()) -> Finding:
        """A finding sent as the form sends it."""
        how = {f"how-passage:{each.pk}": "for" for each in for_}
        how |= {f"how-passage:{each.pk}": "against" for each in against}
        sent = {"statement": statement, "kind": "pattern", **how}
        assert self.person.post("evidence:new", self.corpus.pk, **sent).status_code == 302
        return Finding.objects.filter(corpus=self.corpus).latest("at")


def note(person: Person, corpus: Corpus, text: str, **more: Any) -> Source:
    """A note that was sent and looked through; nothing of it is blocked."""
    sent = {"text": text, "allows": "verbatim", "kind": "interview", **more}
    answer = person.post("evidence:note", corpus.pk, **sent)
    assert answer.status_code == 302, answer.content.decode()
    made = Source.objects.filter(corpus=corpus).latest("at")
    if not made.checked:
        person.post("evidence:check", made.pk)
    made.refresh_from_db()
    return made


@pytest.fixture
def desk(cast: Cast) -> Desk:
    challenge = challenge_of(cast.official, "People come twice", Tier.TEAM)
    assert challenge.corpus
    source = note(cast.official, challenge.corpus, WORDS)
    return Desk(cast, cast.official, challenge, challenge.corpus, source)


@pytest.mark.view("challenges:evidence", "works")
@pytest.mark.view("evidence:corpus", "works")
def test_the_material_of_a_task_is_its_teams(desk: Desk) -> None:
    answer = desk.person.get("challenges:evidence", desk.challenge.pk)
    assert answer.status_code == 302
    page = desk.person.client.get(answer["Location"]).content.decode()
    assert desk.source.title in page
    mine = challenge_of(desk.person, "Mine alone")
    assert desk.person.get("evidence:corpus", mine.corpus_id).status_code == 200
    assert desk.cast.facilitator.get("evidence:corpus", mine.corpus_id).status_code == 404


@pytest.mark.view("challenges:evidence", "not yours")
@pytest.mark.view("evidence:corpus", "not yours")
@pytest.mark.view("evidence:note", "not yours")
@pytest.mark.view("evidence:draft", "not yours")
@pytest.mark.view("evidence:search", "not yours")
@pytest.mark.view("evidence:sheet", "not yours")
@pytest.mark.view("evidence:new", "not yours")
@pytest.mark.view("evidence:need", "not yours")
@pytest.mark.view("evidence:thread", "not yours")
@pytest.mark.view("evidence:source", "not yours")
@pytest.mark.view("evidence:check", "not yours")
@pytest.mark.view("evidence:correct", "not yours")
@pytest.mark.view("evidence:photo", "not yours")
@pytest.mark.view("evidence:columns", "not yours")
@pytest.mark.view("evidence:mark", "not yours")
@pytest.mark.view("evidence:rows", "not yours")
@pytest.mark.view("evidence:export", "not yours")
@pytest.mark.view("evidence:withdraw", "not yours")
@pytest.mark.view("evidence:code", "not yours")
@pytest.mark.view("evidence:finding", "not yours")
@pytest.mark.view("evidence:opposite", "not yours")
@pytest.mark.view("evidence:answer", "not yours")
@pytest.mark.view("evidence:delete", "not yours")
@pytest.mark.view("evidence:person", "not yours")
@pytest.mark.view("evidence:receipt", "not yours")
def test_nobody_outside_the_team_reads_or_changes_anything(desk: Desk) -> None:
    """Also when the task itself was shared with everybody in the lab: raw words stay."""
    marked = desk.mark(HARD, new_code="Words")
    finding = desk.finding("Words are foreign", marked)
    desk.person.post("evidence:need", desk.corpus.pk, sentence="To know before", finding=finding.pk)
    who = desk.source.participants.get()
    other = note(desk.person, desk.corpus, "Một lời khác hẳn, để rút lại sau.")
    receipt = desk.person.post("evidence:withdraw", other.pk)["Location"]
    code = marked.codings.get().code
    corpus, source = desk.corpus.pk, desk.source.pk
    pages = [("corpus", corpus), ("note", corpus), ("search", corpus), ("sheet", corpus),
             ("new", corpus), ("thread", corpus, finding.ref), ("source", source),
             ("check", source), ("correct", source), ("photo", source), ("columns", source),
             ("export", source), ("withdraw", source), ("code", code.pk), ("finding", finding.pk),
             ("opposite", finding.pk), ("person", who.pk)]  # fmt: skip
    forms = [("draft", corpus), ("need", corpus), ("mark", source), ("rows", source),
             ("answer", finding.pk), ("delete", finding.pk), ("finding", finding.pk),
             ("withdraw", source), ("note", corpus), ("code", code.pk)]  # fmt: skip
    for person in (desk.cast.neighbour, desk.cast.mentor, desk.cast.outsider):
        assert person.client.get(receipt).status_code == 404
        assert person.get("challenges:evidence", desk.challenge.pk).status_code == 404
        for name, *args in pages:
            assert person.get(f"evidence:{name}", *args).status_code == 404, name
        for name, *args in forms:
            assert person.post(f"evidence:{name}", *args, text="x").status_code == 404, name
    assert Passage.objects.filter(pk=marked.pk).exists()
    assert Finding.objects.filter(pk=finding.pk).exists()


@pytest.mark.view("evidence:note", "works")
@pytest.mark.view("evidence:check", "works")
def test_what_names_somebody_is_confirmed_and_then_gone(desk: Desk) -> None:
    """Until its author has looked through it nobody else in the team sees the note."""
    text = "Bà Nguyễn Thị Lụa, số 0912 345 678, nói phải quay lại."
    sent = {"text": text, "allows": "verbatim", "kind": "interview"}
    answer = desk.person.post("evidence:note", desk.corpus.pk, **sent)
    check = desk.person.client.get(answer["Location"]).content.decode()
    assert "0912 345 678" in check
    made = Source.objects.filter(corpus=desk.corpus).latest("at")
    assert not made.checked
    colleague = desk.cast.neighbour
    from vuon_web.labs import actions as labs

    labs.join(session=desk.cast.session, team=desk.cast.team_a, by=colleague.actor)
    assert colleague.get("evidence:source", desk.source.pk).status_code == 200
    assert colleague.get("evidence:source", made.pk).status_code == 404
    ticked = [n for n in range(5) if f'value="{n}" checked' in check]
    desk.person.post("evidence:check", made.pk, block=ticked)
    kept = made.versions.get().text
    assert "0912" not in kept
    assert "Lụa" not in kept
    assert "phải quay lại" in kept
    assert colleague.get("evidence:source", made.pk).status_code == 200


@pytest.mark.view("evidence:draft", "works")
def test_what_is_typed_is_kept_and_shown_again_to_its_author_alone(desk: Desk) -> None:
    answer = desk.person.post("evidence:draft", desk.corpus.pk, text="Đang ghi dở")
    assert answer.json()["kept"]
    assert "Đang ghi dở" in desk.person.get("evidence:note", desk.corpus.pk).content.decode()
    note(desk.person, desk.corpus, "Đang ghi dở, nay đã xong")
    assert queries.draft(desk.corpus, desk.person.actor) is None


@pytest.mark.view("evidence:photo", "works")
def test_a_photo_keeps_no_place(desk: Desk) -> None:
    picture = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "MakerOfPhones"
    exif.get_ifd(0x8825)[2] = (16.0, 3.0, 0.0)
    Image.new("RGB", (80, 60), "white").save(picture, "JPEG", exif=exif)
    assert b"MakerOfPhones" in picture.getvalue()
    sent = SimpleUploadedFile("note.jpg", picture.getvalue(), "image/jpeg")
    made = note(desk.person, desk.corpus, "", photo=sent, allows="observation")
    shown = desk.person.get("evidence:photo", made.pk).content
    assert b"MakerOfPhones" not in shown
    assert not dict(Image.open(io.BytesIO(shown)).getexif())


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("scan.pdf", b"%PDF-1.4 nothing", "PDF"),
        ("big.txt", b"a" * (40 * 1024 * 1024 + 1), "MB"),
        ("what.exe", b"MZ", ".docx"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words_and_the_note_stays(
    desk: Desk, name: str, content: bytes, told: str
) -> None:
    sent = {"text": "Lời ghi tay giữ nguyên", "allows": "record"}
    file = SimpleUploadedFile(name, content)
    answer = desk.person.post("evidence:note", desk.corpus.pk, file=file, **sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert "Lời ghi tay giữ nguyên" in page


@pytest.mark.view("evidence:source", "works")
@pytest.mark.view("evidence:mark", "works")
@pytest.mark.view("evidence:columns", "works")
def test_a_mark_sent_twice_is_one_mark(desk: Desk) -> None:
    client = uuid.uuid4().hex
    first = desk.mark(HARD, client_id=client, new_code="Words not understood")
    again = desk.mark(HARD, client_id=client, new_code="words NOT understood")
    assert first == again
    assert first.quote == HARD
    told = desk.person.get("evidence:columns", desk.source.pk).json()
    assert [code["name"] for code in told["codes"]] == ["Words not understood"]
    text = desk.source.versions.get().text
    assert text[told["starts"][0] :][: told["lengths"][0]] == HARD
    desk.person.post("evidence:mark", desk.source.pk, remove=told["ids"][0], plain="1")
    assert not desk.source.passages.exists()
    wrong = desk.person.post("evidence:mark", desk.source.pk, start=9000, end=9010)
    assert wrong.status_code == 422
    assert wrong.json()["message"]


def test_a_finding_begun_from_a_note_rests_on_what_is_marked_there(desk: Desk) -> None:
    desk.mark("quay lại hai lần")
    desk.mark(HARD, against="1")
    address = reverse("evidence:new", args=[desk.corpus.pk])
    page = desk.person.client.get(address).content.decode()
    assert page.count('value="" checked') == 2
    page = desk.person.client.get(f"{address}?of={desk.source.pk}").content.decode()
    assert page.count('value="for" checked') == page.count('value="against" checked') == 1
    shown = desk.person.get("evidence:source", desk.source.pk).content.decode()
    assert f"{address}?of={desk.source.pk}" in shown
    assert "object (" not in shown  # the foot names the product, no object of ours


@pytest.mark.view("evidence:correct", "works")
def test_a_correction_carries_every_mark_along(desk: Desk) -> None:
    marked, lost = desk.mark("quay lại hai lần"), desk.mark(HARD)
    text = "Thưa anh.\n\n" + WORDS.replace("Chữ “trích lục” tôi không hiểu.", "Chữ ấy khó.")
    page = desk.person.get("evidence:correct", desk.source.pk)
    base = page.context["base"]
    desk.person.post("evidence:correct", desk.source.pk, text=text, base=base)
    marked.refresh_from_db()
    lost.refresh_from_db()
    assert (marked.state, marked.quote) in {
        ("exact", "quay lại hai lần"),
        ("moved", "quay lại hai lần"),
    }
    assert lost.state == "orphan"
    late = desk.person.post("evidence:correct", desk.source.pk, text="Của tôi", base=base)
    assert late.status_code == 409
    assert "Của tôi" in late.content.decode()
    assert "Thưa anh." in late.content.decode()


@pytest.mark.view("evidence:code", "works")
def test_a_label_is_renamed_or_goes_and_the_mark_stays(desk: Desk) -> None:
    marked = desk.mark(HARD, new_code="Words")
    code = marked.codings.get().code
    sent = {"name": "Foreign words", "definition": "Named in the text", "colour": code.colour}
    desk.person.post("evidence:code", code.pk, **sent)
    assert "Foreign words" in desk.person.get("evidence:corpus", desk.corpus.pk).content.decode()
    assert "Foreign words" in desk.person.get("evidence:code", code.pk).content.decode()
    desk.person.post("evidence:code", code.pk, delete="1")
    assert Passage.objects.filter(pk=marked.pk).exists()


@pytest.mark.view("evidence:search", "works")
def test_a_search_finds_words_with_and_without_their_accents(desk: Desk) -> None:
    for query in ("trích lục", "trich luc", "TRICH LUC", '"quay lai hai lan"'):
        page = desk.person.get("evidence:search", desk.corpus.pk, q=query).content.decode()
        assert desk.source.title in page, query
    empty = desk.person.get("evidence:search", desk.corpus.pk, q="không có ở đâu cả")
    assert "<mark>" not in empty.content.decode()


@pytest.mark.view("evidence:new", "works")
@pytest.mark.view("evidence:finding", "works")
@pytest.mark.view("evidence:thread", "works")
@pytest.mark.view("evidence:need", "works")
def test_a_need_leads_down_to_the_voices_and_a_voice_up_to_the_need(desk: Desk) -> None:
    second = note(desk.person, desk.corpus, "Tôi cũng không hiểu chữ ấy.")
    marked = desk.mark(HARD), desk.mark("không hiểu", second)
    finding = desk.finding("Words are foreign", *marked)
    desk.person.post("evidence:need", desk.corpus.pk, sentence="To know before", finding=finding.pk)
    need = Need.objects.get()
    down = desk.person.get("evidence:thread", desk.corpus.pk, need.ref).content.decode()
    assert all(each in down for each in (finding.statement, HARD, "không hiểu"))
    up = desk.person.get("evidence:thread", desk.corpus.pk, f"passage:{marked[0].pk}")
    assert need.sentence in up.content.decode()
    shown = desk.person.get("evidence:finding", finding.pk)
    assert shown.context["thread"]["people"] == 2
    desk.person.post("evidence:need", desk.corpus.pk, delete=need.pk)
    assert not Need.objects.exists()
    assert desk.person.get("evidence:thread", desk.corpus.pk, "finding:none").status_code == 404


def test_two_who_change_one_finding_both_keep_their_words(desk: Desk) -> None:
    finding = desk.finding("Words are foreign", desk.mark(HARD))
    base = desk.person.get("evidence:finding", finding.pk).context["base"]
    sent = {"kind": "pattern", "base": base}
    first = desk.person.post("evidence:finding", finding.pk, statement="Theirs", **sent)
    assert first.status_code == 302
    late = desk.person.post("evidence:finding", finding.pk, statement="Mine", **sent)
    assert late.status_code == 409
    assert "Theirs" in late.content.decode()
    assert "Mine" in late.content.decode()


@pytest.mark.view("evidence:opposite", "works")
@pytest.mark.view("evidence:answer", "works")
@pytest.mark.view("evidence:delete", "works")
def test_what_speaks_against_is_shown_answered_and_never_dropped(desk: Desk) -> None:
    other = note(desk.person, desk.corpus, "Tôi đọc một lượt là hiểu ngay.")
    against = desk.mark("đọc một lượt là hiểu", other, against="1")
    finding = desk.finding("Words are foreign", desk.mark(HARD), against=(against,))
    desk.person.post("evidence:opposite", finding.pk)
    finding.refresh_from_db()
    assert finding.searched
    before = desk.person.get("evidence:finding", finding.pk).context["thread"]
    link = finding.corpus.links.get(relation="contradicts")
    desk.person.post("evidence:answer", finding.pk, link=link.pk, why="He kept a storehouse.")
    after = desk.person.get("evidence:finding", finding.pk)
    assert "He kept a storehouse." in after.content.decode()
    assert (before["against"], after.context["thread"]["against"]) == (1, 1)
    assert desk.person.post("evidence:answer", finding.pk, link="nonsense").status_code == 404
    desk.person.post("evidence:delete", finding.pk)
    assert not Finding.objects.exists()


@pytest.mark.view("evidence:sheet", "works")
@pytest.mark.view("evidence:rows", "works")
@pytest.mark.view("evidence:export", "works")
def test_a_stopwatch_sheet_sent_again_counts_nobody_twice(desk: Desk) -> None:
    answer = desk.person.post("evidence:sheet", desk.corpus.pk, title="Monday", place="Counter 2")
    sheet = Source.objects.get(pk=answer["Location"].strip("/").split("/")[-1])
    head = "sitting,ticket,group,arrived,called,done,left,reason,open_desks\n"
    lines = [f"s,a-{n},over60,2026-08-03T07:{n + 10},2026-08-03T07:{n + 22},,,,2" for n in range(6)]
    for _ in range(2):
        told = desk.person.post("evidence:rows", sheet.pk, csv=head + "\n".join(lines))
        assert told.json()["rows"] == 6
    assert sheet.rows.count() == 6
    wrong = head + "s,a-9,,2026-08-03T08:30,2026-08-03T08:10,,,,"
    assert desk.person.post("evidence:rows", sheet.pk, csv=wrong).json()["aside"]
    desk.person.post("evidence:rows", sheet.pk, csv=head, remove="s:a-0")
    assert sheet.rows.count() == 5
    page = desk.person.get("evidence:source", sheet.pk).content.decode()
    assert "<stopwatch-sheet" in page
    written = desk.person.get("evidence:export", sheet.pk).content.decode()
    assert written.count("over60") == 5


@pytest.mark.view("evidence:person", "works")
@pytest.mark.view("evidence:withdraw", "works")
@pytest.mark.view("evidence:receipt", "works")
def test_what_is_taken_back_is_gone_with_its_copies_and_the_receipt_says_what_fell(
    desk: Desk,
) -> None:
    quote = "Thứ Hai nào cũng phải quay lại hai lần"
    finding = desk.finding("Mondays", desk.mark(quote))
    plan = desk.challenge.plans.get()
    key = challenges.document(plan).every_answer[0].key
    desk.person.post("challenges:answer", plan.pk, key=key, text=f"Bà con nói: {quote} vì giấy tờ.")
    told = desk.person.get("evidence:withdraw", desk.source.pk)
    assert [row["title"] for row in told.context["loss"]] == ["Mondays"]
    answer = desk.person.post("evidence:withdraw", desk.source.pk)
    receipt = desk.person.client.get(answer["Location"])
    assert "Mondays" in receipt.content.decode()
    assert receipt.context["receipt"].counts["copies"] >= 1
    plan.refresh_from_db()
    assert quote not in str(plan.document)
    assert not any(quote in version.text for version in plan.versions.all())
    assert not desk.source.versions.exists()
    assert threads.of(desk.corpus).thread.by_id[finding.ref]
    assert desk.person.get("evidence:search", desk.corpus.pk, q="quay lai").context["hits"] == []


def test_one_voice_leaves_a_conversation_and_the_others_stay(desk: Desk) -> None:
    talk = note(desk.person, desk.corpus, "Sen: Tôi đi ba lần.\n\nTre: Tôi đi một lần thôi.")
    sen = talk.participants.get()
    sen.label = "Sen"
    sen.save()
    from vuon_web.evidence.models import Participant

    mai = Participant.objects.create(corpus=desk.corpus, called={"vi": "Mai"}, label="Mai")
    talk.participants.add(mai)
    allowed = {"allows": "team", "method": "paper"}
    assert desk.person.post("evidence:person", sen.pk, **allowed).status_code == 302
    assert desk.person.get("evidence:person", sen.pk).status_code == 200
    desk.person.post("evidence:person", sen.pk, withdraw="1")
    text = queries.text_of(talk)
    assert text
    assert "ba lần" not in text.text
    assert "một lần thôi" in text.text
    assert talk.versions.count() == 1


@pytest.mark.parametrize("language", ["vi", "en"])
def test_places_in_a_long_text_are_plain_numbers(desk: Desk, language: str) -> None:
    """A thousand written as 1.000 or 1,000 would be another place."""
    made = note(desk.person, desk.corpus, "\n\n".join(f"Câu thứ {n} của bà." for n in range(200)))
    desk.person.client.cookies["vuon_language"] = language
    page = desk.person.get("evidence:source", made.pk).content.decode()
    starts = [int(each) for each in re.findall(r'data-start="([^"]*)"', page)]
    text = made.versions.get().text
    assert len(starts) == 200
    assert all(text[start:].startswith(f"Câu thứ {n} ") for n, start in enumerate(starts))


def test_of_thousands_of_marks_a_label_shows_some_and_nothing_chosen_is_lost(desk: Desk) -> None:
    """The page stays small; what was chosen and typed stays when another label is looked at."""
    from vuon_web.evidence.findings import CHOICES

    first = desk.mark(HARD, new_code="Words")
    code = first.codings.get().code
    version = queries.text_of(desk.source)
    Passage.objects.bulk_create(
        Passage(source=desk.source, version=version, start=0, end=5, client=f"c{n}")
        for n in range(CHOICES * 3)
    )
    page = desk.person.get("evidence:new", desk.corpus.pk)
    assert len(page.context["rows"]) == CHOICES
    how = {f"how-passage:{first.pk}": "for"}
    sent = {"statement": "Chữ khó", "kind": "pattern", "narrow": "1", "code": code.pk, **how}
    narrowed = desk.person.post("evidence:new", desk.corpus.pk, **sent)
    assert narrowed.status_code == 200
    assert [row["how"] for row in narrowed.context["rows"]] == ["for"]
    assert "Chữ khó" in narrowed.content.decode()
    assert not Finding.objects.exists()
