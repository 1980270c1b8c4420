"""Every sentence of the program, with its Vietnamese."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from babel.messages.catalog import Catalog, Message
from tests.architecture.sources import LIBRARY, PRODUCT
from tests.messages import gathered

DOMAINS = [(LIBRARY, "vuon"), (PRODUCT, "django")]


@lru_cache
def catalogue(domain: str) -> Catalog:
    """The catalogue as the sources want it, with the translations there are."""
    folder = next(folder for folder, its in DOMAINS if its == domain)
    return gathered(folder, domain, "vi")[1]


def pairs() -> Iterator[tuple[str, str]]:
    """Every English sentence with its Vietnamese, forms of number one by one."""
    for _, domain in DOMAINS:
        for message in catalogue(domain):
            if message.id:
                yield from _forms(message)


def _forms(message: Message) -> Iterator[tuple[str, str]]:
    if isinstance(message.id, str):
        yield message.id, message.string
        return
    for string in message.string:
        yield message.id[-1], string
