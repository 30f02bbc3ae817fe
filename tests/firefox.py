"""Firefox for tests of the interactive page: Debian's, spoken to in WebDriver BiDi, with no network.

Playwright drives a Firefox of its own, which is not among Debian's packages, and asks more of this one than it has.
"""

import base64
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest

FIREFOX = os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
# What it does of its own accord, which would be requests.
QUIET = {
    "app.update.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
}
SECONDS = 60


class Page:
    """A page in Firefox, and the errors that it wrote to the console."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self._numbers = count(1)
        self.errors: list[str] = []
        self.send("session.new", capabilities={})
        self.send("session.subscribe", events=["log.entryAdded"])
        self._context = self.send("browsingContext.getTree")["contexts"][0]["context"]

    def send(self, method: str, **parameters: Any) -> Any:
        """The result of a command; the errors that are told of meanwhile are kept."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv(SECONDS))
            if message.get("method") == "log.entryAdded" and message["params"]["level"] == "error":
                self.errors.append(message["params"]["text"])
            if message.get("id") == number:
                assert message["type"] == "success", message
                return message["result"]

    def resize(self, width: int, height: int) -> None:
        """A window of that size, in CSS pixels."""
        self.send("browsingContext.setViewport", context=self._context, viewport={"width": width, "height": height})

    def go(self, file: Path, hash: str = "") -> None:
        """Opens a file anew at a state, and waits until it is loaded."""
        for address in ("about:blank", f"{file.as_uri()}{hash}"):
            self.send("browsingContext.navigate", context=self._context, url=address, wait="complete")

    def evaluate(self, expression: str) -> Any:
        """The value of an expression, or of its promise, as JSON has it."""
        result = self.send(
            "script.evaluate",
            expression=f"Promise.resolve({expression}).then(value => JSON.stringify(value ?? null))",
            awaitPromise=True,
            target={"context": self._context},
        )
        assert result["type"] == "success", result
        return json.loads(result["result"]["value"])

    def press(self, keys: str) -> None:
        """Keys, one after another; those without a letter are the code points that WebDriver gives them."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        source = {"type": "key", "id": "keyboard", "actions": actions}
        self.send("input.performActions", context=self._context, actions=[source])

    def picture(self) -> bytes:
        """What is seen of it, as PNG."""
        return base64.b64decode(self.send("browsingContext.captureScreenshot", context=self._context)["data"])


@contextmanager
def firefox(**preferences: Any) -> Iterator[Page]:
    """A page in a Firefox of its own. Where none is, the test is skipped, and the run says so."""
    if FIREFOX is None:
        pytest.skip("there is no Firefox; install Debian's package firefox-esr, or name one in FIREFOX")
    from websockets.sync.client import connect

    with tempfile.TemporaryDirectory(prefix="firefox-", ignore_cleanup_errors=True) as folder:
        lines = [
            f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in (QUIET | preferences).items()
        ]
        (Path(folder) / "user.js").write_text("".join(lines), encoding="utf-8")
        command = [FIREFOX, "--headless", "--no-remote", "--profile", folder, "--remote-debugging-port", "0"]
        log = Path(folder) / "firefox.log"
        with log.open("wb") as stream:
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=stream)
        try:
            with connect(f"{_address(process, log)}/session", max_size=None) as socket:
                yield Page(socket)
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
            process.wait()


def _address(process: "subprocess.Popen[bytes]", log: Path) -> str:
    """Where it listens, which it says itself: the system gives it a port that is free."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until and process.poll() is None:
        if said := re.search(r"BiDi listening on (ws://\S+)", log.read_text(encoding="utf-8", errors="replace")):
            return said[1]
        time.sleep(0.05)
    pytest.fail(f"Firefox does not listen: {log.read_text(encoding='utf-8', errors='replace')[-500:]}")
