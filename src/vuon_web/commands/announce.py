"""What `vuon up` prints once the server listens: four addresses, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vuon_web.commands import network

if TYPE_CHECKING:
    from vuon_web.commands.opening import Opened


def announce(opened: Opened, *, host: str, port: int, room: bool) -> None:
    """Print the four addresses, and for a room the address for phones and where the poster is."""
    here = f"http://localhost:{port}"
    rows = [
        ("Tập dượt", "Practise", f"{here}/practice/"),
        ("Việc của cơ quan mình", "Our task", f"{here}/challenges/"),
        ("Lab của chúng ta", "Our lab", f"{here}{opened.lab_path}"),
        ("Dẫn một buổi (dùng một lần)", "Facilitate (one time)", f"{here}{opened.link_path}"),
    ]
    print(f"\nVuon · {opened.title}\n")
    for vietnamese, english, address in rows:
        print(f"  {vietnamese + ' · ' + english:<52} {address}")
    for line in opened.notes:
        print(f"\n  {line}")
    if room:
        _announce_room(opened, port)
    print("\nCtrl+C: dừng · stop\n", flush=True)


def _announce_room(opened: Opened, port: int) -> None:
    address = network.local_address()
    if address is None:
        print("\n  Máy này chưa nối mạng: điện thoại chưa vào được. Bật Wi-Fi rồi chạy lại.")
        print("  This computer is in no network, so phones cannot reach it. Join one, start again.")
        return
    there = f"http://{address}:{port}"
    reached = network.answers(address, port)
    print(f"\n  {'Cho điện thoại · For phones':<52} {there}/")
    print(f"  {'Kiểm tra kết nối · Connection check':<52} {there}/check/")
    print(f"  {'Áp phích mã QR · QR poster':<52} {opened.write_poster(there)}")
    if not reached:
        print("\n  Máy này không tự vào được địa chỉ trên: có thể tường lửa đang chặn.")
        print("  This computer cannot reach that address itself: a firewall may be in the way.")
