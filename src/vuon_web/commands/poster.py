"""The poster of a room: the address of this computer as a QR code, what to do, who sees what."""

from __future__ import annotations

import io
from pathlib import Path

from vuon.documents import typeset

TEMPLATE = Path(__file__).with_name("poster.typ")
LEAD = ("Quét mã bằng điện thoại", "Scan with your phone")
VIETNAMESE = (
    "Nối điện thoại vào cùng mạng Wi-Fi với máy của người dẫn.",
    "Quét mã, hoặc gõ địa chỉ trên vào trình duyệt.",
    "Nhập mã buổi do người dẫn đọc. Không cần tài khoản, không cần tên.",
    "Trước khi viết, chạm “Ai xem được gì?”.",
)
ENGLISH = (
    "Join the same Wi-Fi as the facilitator's computer.",
    "Scan the code, or type the address above into a browser.",
    "Enter the session's code that the facilitator reads out. No account, no name.",
    "Before you write, tap “Who sees what?”.",
)


def poster_pdf(address: str) -> bytes:
    """An A4 page with `address` as text and as QR code."""
    import segno

    drawn = io.BytesIO()
    segno.make(address + "/", error="m", micro=False).save(drawn, kind="svg", border=1, scale=8)
    content = {
        "title": "Vườn",
        "address": address,
        "qr": drawn.getvalue().decode(),
        "lead": LEAD,
        "columns": (VIETNAMESE, ENGLISH),
    }
    return typeset(str(TEMPLATE), content)
