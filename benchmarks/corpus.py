"""A corpus of 100 sources and 10,000 marks: each page that reads it, and what its script weighs.

In a process of its own with its own data folder, through Django's test client: no network.
"""

from __future__ import annotations

import gzip
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.exact import best_of

SOURCES, MARKS, FINDINGS = 100, 100, 30
TEXT = "người dân phải quay lại quầy vì thiếu giấy tờ bản sao trích lục hôm nay đông quá chờ lâu"
WORDS = TEXT.split()
DIST = Path(__file__).parents[1] / "src" / "vuon_web" / "static" / "dist"
LIMIT = 90_000


def main() -> None:
    """Print weights here, and the table of pages from a process of its own."""
    print("| script | bytes, gzip |\n|---|---|")
    sizes = {
        name: len(gzip.compress((DIST / name).read_bytes()))
        for name in ("vuon.js", "evidence.js", "stopwatch.js")
    }
    for name, size in sizes.items():
        print(f"| {name} | {size:,} |")
    print(f"| **all of them** | **{sum(sizes.values()):,}** (limit {LIMIT:,}) |\n", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        env = {
            **{key: value for key, value in os.environ.items() if not key.startswith("VUON_")},
            "VUON_DATA": folder,
            "VUON_SECRET_KEY": "only for a benchmark",
            "DJANGO_SETTINGS_MODULE": "vuon_web.config.settings",
        }
        done = subprocess.run(
            [sys.executable, "-c", "from benchmarks.corpus import measured; measured()"],
            env=env,
            cwd=Path(__file__).parents[1],
            capture_output=True,
            text=True,
            check=True,
        )
    print(done.stdout.strip())


def measured() -> None:
    """Make the corpus and print how long each page takes."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse

    from vuon_web.accounts.seats import COOKIE

    call_command("migrate", verbosity=0)
    token, task, corpus, findings = _made()
    client = Client(headers={"host": "localhost"})
    client.cookies[COOKIE] = token
    source = corpus.sources.first()
    pages = {
        "corpus": reverse("evidence:corpus", args=[corpus.pk]),
        "source": reverse("evidence:source", args=[source.pk]),
        "marks of a source": reverse("evidence:columns", args=[source.pk]),
        "search": reverse("evidence:search", args=[corpus.pk]) + "?q=trich+luc",
        "finding": reverse("evidence:finding", args=[findings[0].pk]),
        "thread": reverse("evidence:thread", args=[corpus.pk, findings[0].ref]),
        "the task": reverse("challenges:challenge", args=[task.pk]),
        "papers": reverse("cases:desk", args=[task.pk]),
        "one page": reverse("cases:paper", args=[task.pk, "one-page"]),
    }
    letters = sum(len(v.text) for s in corpus.sources.all() for v in s.versions.all())
    print(f"{SOURCES} sources, {letters / 1e6:.1f} million letters, {SOURCES * MARKS:,} marks.\n")
    print("| page | ms | kB |\n|---|---|---|")
    for name, url in pages.items():
        answer = client.get(url)
        assert answer.status_code == 200, (name, answer.status_code)
        took = best_of(lambda url=url: client.get(url), 5)  # type: ignore[misc]
        print(f"| {name} | {took:.0f} | {len(answer.content) / 1000:.0f} |")


def _made() -> tuple[str, Any, Any, list[Any]]:
    from vuon_web.accounts import actions as people
    from vuon_web.challenges import actions as tasks
    from vuon_web.evidence import actions
    from vuon_web.evidence.models import Coding, Passage
    from vuon_web.labs import actions as labs
    from vuon_web.labs.queries import place_for

    labs.open_lab(title="Lab", by=None)
    actor, token = people.take_seat()
    place = tasks.Place(**place_for(actor))
    task = tasks.begin(sentence="Đi lại nhiều lần", place=place, by=actor, language="vi")
    corpus = task.corpus
    assert corpus
    chance = random.Random(4)
    codes = [actions.add_code(corpus=corpus, name=f"nhãn {n}", by=actor) for n in range(40)]
    passages, codings = [], []
    for n in range(SOURCES):
        text = "\n\n".join(" ".join(chance.choices(WORDS, k=60)) for _ in range(160))
        source = actions.add_source(
            corpus=corpus, kind="interview", titles={"vi": f"Nguồn {n}"}, text=text,
            voices=[actions.Voice()], checked=True, by=actor,
        )  # fmt: skip
        version = source.versions.get()
        for m in range(MARKS):
            start = chance.randrange(len(text) - 100)
            mark = Passage(
                source=source, version=version, start=start, end=start + 60, client=f"{n}-{m}"
            )
            passages.append(mark)
            codings.append(Coding(passage=mark, code=chance.choice(codes)))
    Passage.objects.bulk_create(passages)
    Coding.objects.bulk_create(codings)
    findings = [
        actions.make_finding(
            corpus=corpus, statement=f"Phát hiện {n}", by=actor,
            for_=[f"passage:{each.pk}" for each in chance.sample(passages, 8)],
        )
        for n in range(FINDINGS)
    ]  # fmt: skip
    return token, task, corpus, findings
