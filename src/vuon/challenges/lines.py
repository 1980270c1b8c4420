"""The line pass: which lines of a file are title, heading, tag, prompt, answer."""

from __future__ import annotations

import re

from vuon.challenges.clean import ZERO_WIDTH
from vuon.challenges.document import FREE, Block, BlockKind, Found
from vuon.challenges.forms import Prompt, family, norm
from vuon.challenges.links import IMAGE, LINK, LINK_START

TAG_LINE = re.compile(r"^\[\[([a-z_]+):(.*)\]\][ \t\r]*$", re.DOTALL)
_TAG_START = re.compile(r"^\[\[[a-z_]+:")
#: A tag with a bracket missing, capitals or spaces in its key.
_TAG_BROKEN = re.compile(r"^\[{1,2}\s*([A-Za-z_ ]{2,30}?)\s*:([^\]]*)\]{0,2}\s*$")
_TIME = re.compile(r"^\[\[\d{1,3}:\d{2}(?::\d{2})?\]\]")
_TYPE = re.compile(r"^\[{1,2}\s*type\s*:\s*([^\]\n]*)", re.MULTILINE | re.IGNORECASE)
KNOWN_KEYS = frozenset(
    (
        *("focal_point", "year", "type", "datasources", "methods", "sdgs", "thematic_areas"),
        *("country", "latlng", "assignment_type", "control_group", "experiment_status"),
        *("experiment_type", "partnering_sector", "quality_check", "sample_size", "scaling"),
        *("total_cost", "consent", "gender", "source", "date", "continent", "language"),
    )
)
LONGEST_BROKEN_TAG = 12
LONGEST_TITLE = 12
FORM_TYPES = ("learningplan", "experiment", "solution", "")


class Pass:
    """One pass over the lines of a text.

    Attributes after it: `blocks`, `found` (irregularities that only the pass sees), `tail`
    (newlines at the end), `type` (the first type tag, "" if none).
    """

    def __init__(self, text: str) -> None:
        self.blocks: list[Block] = []
        self.found: list[Found] = []
        begins = text.find("[[type:")  # quick, and right for all but broken tags
        kind = _TYPE.search(text, max(begins, 0))
        self.type = kind[1].strip().casefold() if kind else ""
        self._family = family(self.type)
        self._takes_prompts = self.type in FORM_TYPES
        self._lines = text.split("\n")
        self._run: list[str] = []  # the lines of a block that may still grow
        self._blank = 0
        self._titled = False
        self._prompt: Prompt | None = None  # the known prompt whose answer is being read
        self._prompt_id: str | None = None
        self._outer: str | None = None
        self._outer_prompt: Prompt | None = None
        self._open = False
        self._groups = 0
        self._has_known: dict[int, bool] = {}
        self._known_section = False
        self.tail = len(text) - len(text.rstrip("\n"))
        self._read()

    # -- blocks

    def _add(self, kind: BlockKind, raw: str, prompt_id: str | None = None) -> None:
        if len(self._run) > 1:
            self._close_run()
        group = self._groups if self._open else None
        self.blocks.append(Block(kind, raw, self._blank, prompt_id, group))
        self._blank = 0

    def _extend(self, kind: BlockKind, line: str) -> None:
        """Add a line to the block before it, or begin a block: text goes on over blank lines."""
        last = self.blocks[-1].kind if self.blocks else ""
        if last != kind or (kind == "choices" and self._blank):
            self._add(kind, line, self._prompt_id)
            self._run = [line]
            return
        if self._blank:
            self._run.extend([""] * self._blank)
        self._run.append(line)
        self._blank = 0

    def _close_run(self) -> None:
        if len(self._run) > 1:
            self.blocks[-1] = self.blocks[-1]._replace(raw="\n".join(self._run))
        self._run = []

    def _note(self, code: str, index: int, **fields: object) -> None:
        self.found.append(Found(code, index + 1, fields))

    # -- the pass

    def _read(self) -> None:
        self._survey()
        lines = self._lines
        index, end = 0, len(lines)
        while end and not lines[end - 1]:
            end -= 1
        branches = {
            "#": self._heading,
            "[": self._bracket,
            ">": self._quote,
            "<": self._element,
            " ": self._element,
            "-": self._item,
            "!": self._picture,
            "*": self._lead,
        }
        while index < end:
            line = lines[index]
            if not line:
                self._blank += 1
                index += 1
                continue
            first = line[0]
            if first in ZERO_WIDTH:  # a byte order mark before the first sign
                first = line.lstrip(ZERO_WIDTH)[:1]
            branch = branches.get(first)
            taken = branch(index, line) if branch else 0
            if not taken:
                self._extend("text", line)
                taken = 1
            index += taken
        self._close_run()
        if self._open:
            self._note("G1", end)

    def _survey(self) -> None:
        """Note which sections hold a known prompt: only there an unknown ">" is a quotation."""
        section = 0
        known = False
        lookup = self._family.lookup
        if not self._takes_prompts:
            return
        for index, line in enumerate(self._lines):
            if not line:
                continue
            if line[0] == ">":
                known = known or lookup(line) is not None
            elif line.startswith("## "):
                self._has_known[section] = known
                section, known = index + 1, False
        self._has_known[section] = known
        self._known_section = self._has_known[0]
        # a page without a type and without one known question is text, whatever ">" it holds
        self._takes_prompts = bool(self.type) or any(self._has_known.values())

    def _heading(self, index: int, line: str) -> int:
        line = line.lstrip(ZERO_WIDTH)
        if line.startswith("# ") and not self._titled:
            return self._title(index)
        if not (line.startswith("## ") or line.rstrip() == "##"):
            return 0
        title = norm(line[2:])
        last = self.blocks[-1] if self.blocks else None
        if (
            title
            and self._blank
            and self._prompt_id
            and last is not None
            and last.kind == "text"
            and title not in self._family.section_norms
        ):
            return 0  # the exporter leaves no blank line before a section: this is an answer
        if self._open:
            self._note("G1", index)
            self._open = False
        self._prompt = self._prompt_id = self._outer = self._outer_prompt = None
        self._known_section = self._has_known.get(index + 1, False)
        self._add("head", self._lines[index])
        return 1

    def _title(self, index: int) -> int:
        """Add the title, with its other lines if tags follow it directly (a newline in a title)."""
        self._titled = True
        lines = self._lines
        end = index + 1
        while end < len(lines) and end - index <= LONGEST_TITLE and lines[end].strip():
            if lines[end][0] in "[>#<":
                break
            end += 1
        after = next((line for line in lines[end : end + 4] if line.strip()), "")
        if end - index > LONGEST_TITLE or not after.startswith("[["):
            end = index + 1
        self._add("title", "\n".join(lines[index:end]))
        return end - index

    def _bracket(self, index: int, line: str) -> int:
        line = line.lstrip(ZERO_WIDTH)
        if not self._prompt_id:
            taken = self._tag(index, line)
            if taken:
                return taken
        if _TIME.match(line):
            self._note("F2", index)
            return 0
        if line.rstrip(" \t\r").endswith(")") and LINK.match(line.rstrip(" \t\r")):
            self._add("link", self._lines[index], self._prompt_id)
            return 1
        if LINK_START.match(line):
            for end in range(index + 1, min(index + LONGEST_BROKEN_TAG, len(self._lines))):
                part = self._lines[end]
                if part[:1] in (">", "#", "<") or part.startswith("[["):
                    break
                whole = "\n".join(self._lines[index : end + 1])
                if part.rstrip().endswith(")") and LINK.match(whole.rstrip()):
                    self._add("link", whole, self._prompt_id)
                    return end + 1 - index
        return 0

    def _tag(self, index: int, line: str) -> int:
        if TAG_LINE.match(line):
            self._add("tag", self._lines[index])
            return 1
        if _TAG_START.match(line):
            for end in range(index + 1, min(index + LONGEST_BROKEN_TAG, len(self._lines))):
                part = self._lines[end]
                if part.startswith(("[[", "## ", "> ", "<div")):
                    break
                if part.rstrip().endswith("]]"):
                    self._note("F1", index, lines=end + 1 - index)
                    self._add("tag", "\n".join(self._lines[index : end + 1]))
                    return end + 1 - index
        broken = _TAG_BROKEN.match(line)
        if broken and broken[1].casefold().strip().replace(" ", "_") in KNOWN_KEYS:
            self._note("F1", index, lines=1)
            self._add("tag", self._lines[index])
            return 1
        return 0

    # -- prompts

    def _quote(self, index: int, line: str) -> int:
        if not self._takes_prompts:
            return 0
        prompt = self._family.lookup(line)
        # "Sense" or "Test" alone is a question only where the form asks for shares of time
        share = prompt is not None and prompt.group == "time" and prompt.is_field
        if prompt is not None and (self._open or not share):
            return self._known_prompt(index, line, prompt)
        words = norm(line[1:])
        if words in ("", "none") and line.count(">") == 1:
            if not self._stands_alone(index, text_may_follow=True):
                return 0
            # an inner instruction left empty: the answer belongs to the last prompt outside
            if self._open:
                self._prompt, self._prompt_id = self._outer_prompt, self._outer or FREE
            else:
                self._prompt, self._prompt_id = None, FREE
            self._add("prompt", line)
            return 1
        if self._known_section or not line.startswith("> ") or not self._stands_alone(index):
            return 0
        self._prompt, self._prompt_id = None, FREE
        if not self._open:
            self._outer, self._outer_prompt = FREE, None
        self._note("F8", index)
        self._add("prompt", line, FREE)
        return 1

    def _stands_alone(self, index: int, *, text_may_follow: bool = False) -> bool:
        """Whether a line stands as the exporter sets a prompt: a blank line around it.

        What was embedded follows its prompt directly, also when it is plain text.
        """
        before = self._lines[index - 1] if index else ""
        after = self._lines[index + 1] if index + 1 < len(self._lines) else ""
        ends = before.strip() == "" or before.startswith(("**", "## ", "[[", "<div"))
        if text_may_follow:
            return ends and not after.startswith(">")
        return ends and (after.strip() == "" or after[0] in "[!#<")

    def _known_prompt(self, index: int, line: str, prompt: Prompt) -> int:
        if self._open and not prompt.is_field:
            self._note("G1", index)  # a question of the form itself never stands in a group
            self._open = False
        self._prompt, self._prompt_id = prompt, prompt.id
        if not self._open:
            self._outer, self._outer_prompt = prompt.id, prompt
        end = index + 1
        if prompt.continuation:
            rest = end
            while rest < len(self._lines) and not self._lines[rest].strip():
                rest += 1
            if rest < len(self._lines) and norm(self._lines[rest]) == norm(prompt.continuation):
                self._note("F6", rest)
                end = rest + 1
        raw = line if end == index + 1 else "\n".join(self._lines[index:end])
        self._add("prompt", raw, prompt.id)
        return end - index

    # -- groups, choices, pictures

    def _element(self, index: int, line: str) -> int:
        bare = line.strip()
        if not bare.startswith(("<div", "</div>")) or not self._takes_prompts:
            return 0
        if bare == "</div>":
            if not self._open:
                self._note("G2", index)
                return 0
            self._add("close", line)
            self._open = False
            self._prompt, self._prompt_id = self._outer_prompt, self._outer
            return 1
        if not re.fullmatch(r"<div\s+class\s*=\s*[\"']?group[\"']?\s*>", bare):
            return 0
        if self._open:
            self._note("G1", index)
        self._open = True
        self._groups += 1
        self._prompt, self._prompt_id = self._outer_prompt, self._outer
        self._add("open", line)
        return 1

    def _item(self, index: int, line: str) -> int:
        if not (line.startswith("- ") or line.rstrip() == "-"):
            return 0
        if self._prompt is None or not self._prompt.takes_choices:
            return 0
        self._extend("choices", line)
        return 1

    def _picture(self, index: int, line: str) -> int:
        if not IMAGE.match(line.rstrip(" \t\r")):
            return 0
        self._add("image", line, self._prompt_id)
        return 1

    def _lead(self, index: int, line: str) -> int:
        bare = line.rstrip()
        last = self.blocks[-1] if self.blocks else None
        if last is None or last.kind != "head" or self._blank or not self._takes_prompts:
            return 0
        if not (bare.startswith("**") and bare.endswith("**") and len(bare) >= 4):
            return 0
        self._add("lead", line)
        return 1
