"""Parts of the manual that are made from the program, so that they cannot say anything else.

{command} NAME      usage and options of a command, from the command line's own parser
{permissions}       which role may do what
{tiers}             who reads what at which tier
"""

from __future__ import annotations

import argparse

from django.conf import settings
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from vuon.cli import build_parser

settings.USE_I18N = False  # English, the source, without setting up every app


def subcommands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The commands below a parser, by name."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def command(name: str) -> argparse.ArgumentParser:
    """The parser of a command; `plan read` names a command below a command."""
    parser = build_parser()
    for part in name.split():
        parser = subcommands(parser)[part]
    return parser


def options(parser: argparse.ArgumentParser) -> list[tuple[str, str]]:
    """What may stand after a command, and what it does."""
    found = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction | argparse._HelpAction):
            continue
        names = ", ".join(action.option_strings) or str(action.metavar or action.dest)
        if action.option_strings and action.nargs != 0:
            names += f" {action.metavar or action.dest.upper()}"
        help_ = (action.help or "") % {"default": action.default, "prog": parser.prog}
        found.append((names, help_))
    return found


def table(heads: list[str], rows: list[list[str]]) -> str:
    """A table as Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in x) + " |" for x in lines
    )


class Made(SphinxDirective):
    """A directive whose Markdown is made by `markdown`."""

    def run(self) -> list[nodes.Node]:
        return self.parse_text_to_nodes(self.markdown())

    def markdown(self) -> str:
        raise NotImplementedError


class Command(Made):
    """Usage and options of one command."""

    required_arguments = 1
    final_argument_whitespace = True

    def markdown(self) -> str:
        parser = command(self.arguments[0])
        usage = " ".join(parser.format_usage().removeprefix("usage: ").split())
        rows = [[f"`{names}`", text] for names, text in options(parser)]
        text = f"```text\n{usage}\n```\n"
        return f"{text}\n{table(['', 'what it does'], rows)}\n" if rows else text


class Permissions(Made):
    """What may be done, and by whom."""

    def markdown(self) -> str:
        from vuon_web.accounts.permissions import GRANTED, Permission, Role

        heads = ["what", "who may"]
        rows = [
            [
                f"{permission.label} `{permission}`",
                ", ".join(role.label for role in Role if permission in GRANTED[role]),
            ]
            for permission in Permission
        ]
        return table(heads, rows)


class Tiers(Made):
    """Rule by tier, from the table that also makes the database filter."""

    def markdown(self) -> str:
        from vuon_web.accounts.visibility import RULES, Tier

        heads = ["rule", *(f"{tier.label} `{tier}`" for tier in Tier)]
        rows = [
            [f"`{rule.name}`", *("reads" if tier in rule.tiers else "" for tier in Tier)]
            for rule in RULES
        ]
        return table(heads, rows)


def setup(app: Sphinx) -> dict[str, bool]:
    """Make the directives known."""
    app.add_directive("command", Command)
    app.add_directive("permissions", Permissions)
    app.add_directive("tiers", Tiers)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
