"""Where this computer can be reached: free ports and its address in the local network."""

from __future__ import annotations

import socket

FIRST_PORT = 8000
TRIED = 20
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen on `host` and `port` now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port(host: str) -> int | None:
    """The first free port from 8000 on, or None."""
    return next((p for p in range(FIRST_PORT, FIRST_PORT + TRIED) if is_free(host, p)), None)


def local_address() -> str | None:
    """This computer's address in the local network, or None without a network.

    Nothing is sent: a datagram socket only asks the system which way it would go.
    """
    for target in ("10.255.255.255", "192.168.255.255", "172.31.255.255"):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((target, 9))
            except OSError:
                continue
            address: str = probe.getsockname()[0]
            if not address.startswith("127.") and address != "0.0.0.0":  # noqa: S104
                return address
    return None


def answers(host: str, port: int, seconds: float = 1.5) -> bool:
    """Whether something accepts connections on `host` and `port`."""
    try:
        with socket.create_connection((host, port), timeout=seconds):
            return True
    except OSError:
        return False
