"""Empty documents and parts of them in the exporter's spacing (rule R6)."""

from __future__ import annotations

from vuon.challenges.forms import Form, FormSection, Prompt

GROUP = '\n\n<div class="group">\n\n{inside}\n\n</div>\n\n'


def prompt_lines(prompt: Prompt) -> str:
    """A prompt as the exporter sets it: a blank line before, none after."""
    if prompt.continuation:
        return f"\n> {prompt.text}\n\n{prompt.continuation}\n\n"
    return f"\n> {prompt.text}\n"


def group_lines(form: Form, holder: Prompt) -> str:
    """One empty group of a holder: an empty prompt for evidence, a group for each field."""
    if holder.kind == "evidence":
        return GROUP.format(inside="\n> \n")
    fields = [
        form.prompts[key]
        for section in form.sections
        for key in section.prompts
        if form.prompts[key].group == holder.group and key != holder.id
    ]
    return "".join(GROUP.format(inside=prompt_lines(prompt)) for prompt in fields)


def section_lines(form: Form, section: FormSection) -> str:
    """A section of a form with all its prompts, one empty group where groups repeat."""
    lines = [f"## {section.title}\n"]
    if section.lead:
        lines.append(f"**{section.lead}**\n")
    for key in section.prompts:
        prompt = form.prompts[key]
        if prompt.former:
            continue
        if prompt.is_field:
            continue  # comes with its holder
        lines.append(prompt_lines(prompt))
        if prompt.kind in ("holder", "evidence"):
            lines.append(group_lines(form, prompt))
    return "".join(lines)


def document_lines(form: Form, head: str) -> str:
    """A whole empty document of a form under the lines of its title and tags; sections of our own
    come only when somebody answers them."""
    sections = (section for section in form.sections if not section.own)
    return head + "".join(section_lines(form, section) for section in sections)
