"""`vuon plan read | check | convert`: what the reader makes of files, without a server.

Personal data is dropped before anything is printed or converted. Output is UTF-8 whatever the
terminal says.
"""

from __future__ import annotations

import argparse
import glob
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from vuon.challenges.decode import MAX_BYTES, too_large
from vuon.challenges.document import Answer, Document, from_json, to_json
from vuon.challenges.markdown import encode, read
from vuon.challenges.marks import MARKS
from vuon.challenges.personal import drop_personal
from vuon.challenges.report import SEVERITY_WORDS, Report, check, doubles, to_csv
from vuon.errors import N_, VuonError, Where, Words, terminal_language

LANGUAGES = ("en", "vi")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `plan` to the commands of `vuon`; each of its commands sets `run`."""
    plan = commands.add_parser("plan", help="read, check and convert plans of the Commons")
    actions = plan.add_subparsers(dest="action", metavar="ACTION", required=True)

    reading = _with_files(actions, "read", "what stands in the files", run_read)
    reading.add_argument("--json", action="store_true", help="one line of JSON for each file")
    reading.add_argument(
        "--keep-personal", action="store_true", help="do not drop personal data for this once"
    )

    checking = _with_files(actions, "check", "what is missing, what was lost", run_check)
    checking.add_argument("--csv", action="store_true", help="as a table for a spreadsheet")

    converting = _with_files(actions, "convert", "the files in another form", run_convert)
    converting.add_argument(
        "--to", choices=("json", "markdown"), required=True, help="the form to write"
    )
    converting.add_argument("--output", metavar="PATH", help="a file, or a folder for many files")


def _with_files(
    actions: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    help_text: str,
    run: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=help_text)
    parser.add_argument("files", nargs="+", metavar="FILE", help="documents in Markdown")
    parser.add_argument(
        "--language",
        choices=LANGUAGES,
        default=terminal_language(),
        help="the language of messages (default: the system's)",
    )
    parser.set_defaults(run=run)
    return parser


def _utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def named_files(patterns: list[str]) -> Iterator[str]:
    """The files that were named; patterns are widened where the shell did not (Windows)."""
    for pattern in patterns:
        # a pattern can be absolute, which Path.glob refuses
        wide = any(sign in pattern for sign in "*?")
        found = sorted(glob.glob(pattern)) if wide else []  # noqa: PTH207
        yield from found if found and not Path(pattern).exists() else [pattern]


def content_of(path: str) -> bytes:
    """The bytes of a file, at most a little more than a document may have.

    Raises:
        VuonError: "plan.unreadable", "plan.too_large".
    """
    try:
        with Path(path).open("rb") as file:
            content = file.read(MAX_BYTES + 1)
            if len(content) > MAX_BYTES:
                raise too_large(max(os.fstat(file.fileno()).st_size, len(content)), path)
            return content
    except FileNotFoundError as error:
        what = Words(N_("There is no such file."))
        do = Words(N_("Check the name and the folder."))
        raise VuonError("plan.unreadable", what, do, where=Where(path)) from error
    except IsADirectoryError as error:
        what = Words(N_("This is a folder."))
        do = Words(N_("Name the files in it."))
        raise VuonError("plan.unreadable", what, do, where=Where(path)) from error
    except OSError as error:
        what = Words(N_("The file cannot be opened ({reason})."), {"reason": error.strerror})
        do = Words(N_("Check that you may read it, or copy it to another folder."))
        raise VuonError("plan.unreadable", what, do, where=Where(path)) from error


def _document(path: str, *, keep_personal: bool = False) -> tuple[Document, bytes]:
    content = content_of(path)
    document = read(content, path)
    return (document if keep_personal else drop_personal(document)), content


def row_of(path: str, document: Document, language: str) -> dict[str, Any]:
    """What stands in a document as the contract of `vuon plan read` has it."""
    tags: dict[str, list[str]] = {}
    for tag in document.tags:
        if tag.value and tag.value not in MARKS:
            tags.setdefault(tag.key, []).append(tag.value)
    return {
        "file": path,
        "kind": document.kind,
        "form": document.form,
        "title": document.title,
        "sections": [
            {"title": section.title, "answers": [_answer(answer) for answer in section.answers]}
            for section in document.sections
        ],
        "tags": tags,
        "issues": [
            {
                "code": issue.code,
                "line": issue.line,
                "severity": issue.severity,
                "message": issue.say(language),
            }
            for issue in document.issues
        ],
    }


def _answer(answer: Answer) -> dict[str, Any]:
    row: dict[str, Any] = {
        "prompt": answer.prompt,
        "prompt_id": answer.prompt_id,
        "text": answer.text,
        "choices": list(answer.choices),
        "group": answer.group,
        "lost_at_source": answer.lost_at_source,
    }
    if answer.images:  # a picture is an answer too, though it has no text
        row["images"] = list(answer.images)
    if answer.dropped:
        row["dropped"] = True
    return row


def refused_row(path: str, error: VuonError, language: str) -> dict[str, Any]:
    """The row of a file that was refused: the same keys, empty, and why."""
    return {
        "file": path,
        "kind": "",
        "form": "",
        "title": "",
        "sections": [],
        "tags": {},
        "issues": [],
        "error": error.say(language),
        "error_code": error.code,
    }


def run_read(parsed: argparse.Namespace) -> int:
    """Print what stands in the files; 0 if every file was read, 1 if one was refused."""
    _utf8()
    refused = 0
    for path in named_files(parsed.files):
        try:
            document, _ = _document(path, keep_personal=parsed.keep_personal)
        except VuonError as error:
            refused = 1
            if parsed.json:
                _line(refused_row(path, error, parsed.language))
            else:
                print(error.say(parsed.language), file=sys.stderr)
            continue
        if parsed.json:
            _line(row_of(path, document, parsed.language))
        else:
            print(outline(path, document, parsed.language))
    return refused


def _line(row: dict[str, Any]) -> None:
    print(json.dumps(row, ensure_ascii=False), flush=True)


def outline(path: str, document: Document, language: str) -> str:
    """A document as a person reads it in a terminal."""
    lines = [f"{path}: {document.title}", f"  {document.kind} {document.form}".rstrip()]
    for key in dict.fromkeys(tag.key for tag in document.tags):
        values = document.tag_values(key)
        if values:
            lines.append(f"  {key}: {'; '.join(values)}")
    for section in document.sections:
        lines += ["", f"## {section.title}".rstrip()]
        for answer in section.answers:
            lines.append(f"> {answer.prompt}".rstrip())
            lines.append(_shown(answer, language))
    for issue in document.issues:
        lines.append(f"{path}:{issue.line}: {issue.code} {issue.say(language)}")
    return "\n".join(lines) + "\n"


def _shown(answer: Answer, language: str) -> str:
    if answer.lost_at_source:
        return "  " + Words(N_("(lost at the source)")).say(language)
    if answer.dropped:
        return "  " + Words(N_("(personal, dropped)")).say(language)
    parts = [*answer.text.split("\n"), *(f"- {choice}" for choice in answer.choices)]
    parts += answer.images
    return "\n".join(f"  {part}".rstrip() for part in parts if part) or "  –"


def run_check(parsed: argparse.Namespace) -> int:
    """Print what is missing and what was lost; 1 only if we lost something, 2 if refused."""
    _utf8()
    reports: dict[str, Report] = {}
    documents: dict[str, Document] = {}
    refused = False
    for path in named_files(parsed.files):
        try:
            document, content = _document(path, keep_personal=True)
        except VuonError as error:
            refused = True
            print(error.say(parsed.language), file=sys.stderr)
            continue
        kept = check(document, content).kept
        dropped = drop_personal(document)
        report = check(dropped)
        documents[path] = dropped
        reports[path] = replace(report, kept=kept and report.kept)
    for path, issues in doubles(documents).items():
        reports[path] = replace(reports[path], issues=(*reports[path].issues, *issues))
    if parsed.csv:
        sys.stdout.write(to_csv(reports, parsed.language))
    else:
        for path, report in reports.items():
            print(told(path, report, parsed.language))
    if any(not report.kept for report in reports.values()):
        return 1
    return 2 if refused else 0


def told(path: str, report: Report, language: str) -> str:
    """A report as a person reads it in a terminal."""
    lines = [f"{path}: {report.title}"]
    for issue in report.issues:
        severity = Words(SEVERITY_WORDS[issue.severity]).say(language)
        place = f"{path}:{issue.line}" if issue.line else path
        lines.append(f"  {place}: {issue.code} ({severity}) {issue.say(language)}")
    if report.missing:
        labels = ", ".join(gap.label(language) for gap in report.missing)
        lines.append("  " + Words(N_("Missing: {labels}."), {"labels": labels}).say(language))
    if not report.kept:
        lines.append("  " + Words(N_("Vuon would not give this file back as it is.")).say(language))
    lines.append("  " + report.summary.say(language))
    return "\n".join(lines)


def run_convert(parsed: argparse.Namespace) -> int:
    """Write the files in another form; 0 if every file was converted, 1 if one was refused."""
    _utf8()
    refused = 0
    paths = list(named_files(parsed.files))
    for path in paths:
        try:
            content = converted(path, parsed.to)
            if parsed.output:
                target = _target(Path(parsed.output), path, parsed.to, many=len(paths) > 1)
                target.write_bytes(content)
            else:
                _to_stdout(content)
        except VuonError as error:
            refused = 1
            print(error.say(parsed.language), file=sys.stderr)
    return refused


def _to_stdout(content: bytes) -> None:
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(content.decode("utf-8", "replace"))
    else:
        buffer.write(content)
        buffer.flush()


def converted(path: str, to: str) -> bytes:
    """A file as Markdown or as JSON that `convert` turns back into the same Markdown.

    Raises:
        VuonError: the file cannot be read; "plan.bad_json" if it is JSON of something else.
    """
    content = content_of(path)
    if content.lstrip()[:1] == b"{":
        try:
            document = from_json(json.loads(content))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            what = Words(N_("This JSON is no document that Vuon wrote."))
            do = Words(N_("Choose a Markdown file, or one made by “vuon plan convert”."))
            raise VuonError("plan.bad_json", what, do, where=Where(path)) from error
    else:
        document = read(content, path)
    document = drop_personal(document)
    if to == "markdown":
        return encode(document)
    return (json.dumps(to_json(document), ensure_ascii=False) + "\n").encode("utf-8")


def _target(output: Path, path: str, to: str, *, many: bool) -> Path:
    target = output
    if many or output.is_dir():
        output.mkdir(parents=True, exist_ok=True)
        target = output / Path(path).with_suffix(".json" if to == "json" else ".md").name
    if target.exists():
        what = Words(N_("{file} is already there."), {"file": str(target)})
        do = Words(N_("Choose another name or folder; nothing was overwritten."))
        raise VuonError("plan.exists", what, do, where=Where(path))
    return target
