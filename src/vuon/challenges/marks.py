"""What stands in a document where personal data stood."""

from __future__ import annotations

TAG_DROPPED = "(removed)"
ANSWER_DROPPED = "(personal answer removed)"
ADDRESS_DROPPED = "(address removed)"
PHONE_DROPPED = "(number removed)"
ACCOUNT_DROPPED = "removed"  # inside an address, where brackets would end a link
MARKS = frozenset({TAG_DROPPED, ANSWER_DROPPED, ADDRESS_DROPPED})
