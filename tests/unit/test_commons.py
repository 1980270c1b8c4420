"""The Commons itself, where it lies beside the repository: every document, read and given back."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

import pytest

from vuon.challenges.document import Document
from vuon.challenges.edit import set_answer
from vuon.challenges.markdown import encode, from_json, read, to_json, write
from vuon.challenges.personal import drop_personal
from vuon.challenges.plan import Plan, propose_pairs

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
COMMONS, FOUNDING = DATA / "commons", DATA / "plan" / "founding-plan.md"
FORMS = ("opening", "closing", "experiment")
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")

pytestmark = pytest.mark.skipif(
    not COMMONS.is_dir(), reason="the documents of the Commons are not beside the repository"
)


@lru_cache(maxsize=1)
def documents() -> dict[str, tuple[bytes, Document]]:
    files = sorted(COMMONS.glob("*.md"))
    return {file.name: (file.read_bytes(), read(file.read_bytes(), file.name)) for file in files}


def test_every_document_comes_back_byte_for_byte() -> None:
    for name, (content, document) in documents().items():
        assert encode(document) == content, name
        assert from_json(json.loads(json.dumps(to_json(document)))) == document, name


def test_every_plan_and_experiment_is_known_as_one() -> None:
    for name, (content, document) in documents().items():
        if b"[[type:learningplan]]" in content or b"[[type:experiment]]" in content:
            assert document.kind in FORMS, name
            assert document.form, name
            free = [a.prompt for a in document.every_answer if a.prompt_id == "free" and a.prompt]
            assert not free, (name, free)
            quoted = [
                line
                for block in document.blocks
                if block.kind == "text"
                for line in block.raw.split("\n")
                if line.startswith(">")
            ]
            # the few quotations there are begin like this
            assert all("Behavioral insights" in q or ">> " in q for q in quoted), (name, quoted)


def test_an_edit_changes_only_its_answer() -> None:
    """Two answers of each document, another two in the next, so that every prompt gets its turn."""
    tried = set()
    text = "Câu trả lời mới.\n\n> trích\n## đề mục\n[[a:b]]\n- một"
    known = [d for _, d in documents().values() if d.kind in (*FORMS, "solution")]
    for turn, document in enumerate(known):
        answers = document.every_answer
        for answer in {answers[turn % len(answers)].key, answers[-turn % len(answers)].key}:
            edited = set_answer(document, answer, text)
            assert edited.answer(answer).text == text
            for before in answers:
                if before.key != answer:
                    assert edited.answer(before.key) == before
            tried.add(answer.split("#")[0])
            kept = write(document).split("\n")
            now = write(edited).split("\n")
            same_begin = next(
                (i for i, pair in enumerate(zip(kept, now, strict=False)) if pair[0] != pair[1]),
                len(kept),
            )
            same_end = next(
                (
                    i
                    for i, pair in enumerate(zip(kept[::-1], now[::-1], strict=False))
                    if pair[0] != pair[1]
                ),
                len(kept),
            )
            changed = [
                line
                for line in kept[same_begin : len(kept) - same_end]
                if line.startswith(("## ", "[[", "<div", "</div"))
            ]
            assert not changed, (document.title, answer, changed)
    assert len(tried) > 60


def test_no_address_survives_and_only_personal_lines_change() -> None:
    for name, (_, document) in documents().items():
        kept = drop_personal(document)
        stored = json.dumps(to_json(kept), ensure_ascii=False) + write(kept) + str(kept.sections)
        assert not ADDRESS.search(stored), name
        assert [s.title.split(":")[0] for s in kept.sections] == [
            s.title.split(":")[0] for s in document.sections
        ], name


def test_openings_find_their_closings() -> None:
    pairs = propose_pairs(document for _, document in documents().values())
    assert len({pair.closing.content for pair in pairs}) >= 3


def test_the_founding_plan() -> None:
    plan = Plan.from_document(read(FOUNDING.read_bytes(), FOUNDING.name))
    assert (len(plan.datasources), len(plan.methods)) == (8, 5)
    assert [goal.number for goal in plan.sdgs] == [8, 9, 17]
    (question,) = plan.questions
    assert question.stages == ("Test", "Grow")
    assert (plan.country, plan.year, len(plan.partners)) == ("Viet Nam", 2022, 1)
