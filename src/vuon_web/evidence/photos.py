"""Photos of notes: turned upright, made smaller, freed of place, device and everything else."""

from __future__ import annotations

import io
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vuon_web.accounts.refusals import Refusal

LARGEST = 30 * 1024 * 1024
LONGEST_SIDE = 2000
MOST_PIXELS = 120_000_000
KINDS = ("JPEG", "PNG", "WEBP", "GIF", "MPO")


@dataclass(frozen=True)
class Picture:
    """A JPEG without any field of information."""

    content: bytes
    width: int
    height: int


def made_plain(content: bytes) -> Picture:
    """The picture, written anew so that nothing hidden comes along.

    Raises:
        Refusal: it is too large, no picture, or of a kind that cannot be read here.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    if len(content) > LARGEST:
        raise Refusal(_("The photo is larger than 30 MB. Take it again with a smaller size."))
    try:
        with Image.open(io.BytesIO(content), formats=[k for k in KINDS if k != "MPO"]) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Refusal(
                    _("The photo has too many pixels. Take it again with a smaller size.")
                )
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, ValueError):
        raise Refusal(
            _("This is no photo that can be read here. Send it as JPEG or PNG, not as HEIC.")
        ) from None
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    written = io.BytesIO()
    upright.save(written, "JPEG", quality=82, optimize=True)
    return Picture(written.getvalue(), upright.width, upright.height)
