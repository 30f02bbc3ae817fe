"""The service manager that started the server, such as systemd: it is told when the server is ready (sd_notify(3))."""

import asyncio
import os
import socket
import time
from contextlib import suppress

# The watchdog is fed three times in the time that it waits.
_FEEDINGS = 3


def notify(*lines: str) -> bool:
    """Send a state, such as ``READY=1``, where a service manager listens. Return whether it was sent."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")) or not hasattr(socket, "AF_UNIX"):
        return False
    # A name that begins with @ is in the abstract namespace, where it begins with a zero.
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.connect(f"\0{address[1:]}" if address.startswith("@") else address)
        sender.sendall("\n".join(lines).encode())
        return True
    return False


def notify_ready(status: str) -> None:
    """Say that the server is ready, and what it serves."""
    notify("READY=1", f"STATUS={status}")


def notify_reloading() -> None:
    """Say that the server looks for a new build; ``notify_ready`` says that it is done."""
    notify("RELOADING=1", f"MONOTONIC_USEC={time.monotonic_ns() // 1000}")


def notify_stopping() -> None:
    """Say that the server is about to stop."""
    notify("STOPPING=1")


async def feed_watchdog() -> None:
    """Say again and again that the server lives, as often as the service manager wants to hear it, if it does."""
    try:
        microseconds = int(os.environ.get("WATCHDOG_USEC", ""))
    except ValueError:
        return
    if microseconds <= 0 or os.environ.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return
    while notify("WATCHDOG=1"):
        await asyncio.sleep(microseconds / 1_000_000 / _FEEDINGS)
