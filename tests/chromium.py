"""A real browser for tests: headless Chromium, told what to do over a pipe."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_WAIT = 60.0

# Chromium reads commands from file descriptor 3 and answers on 4.
_LAUNCH = """
import os, sys
heard, said = int(sys.argv[1]), int(sys.argv[2])
high = os.dup2(heard, 60), os.dup2(said, 61)
os.dup2(60, 3)
os.dup2(61, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""


def executable() -> str | None:
    """The browser of this machine: what CHROMIUM names, else one on the PATH; None where there is none."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


class Browser:
    """A running browser. `page` opens a file in a page of its own."""

    def __init__(self, profile: Path) -> None:
        path = executable()
        assert path is not None
        child_heard, self._says = os.pipe()
        self._hears, child_said = os.pipe()
        flags = (
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--remote-debugging-pipe",
            f"--user-data-dir={profile}",
            "about:blank",
        )
        command = [sys.executable, "-c", _LAUNCH, str(child_heard), str(child_said), path, *flags]
        self._process = subprocess.Popen(
            command, pass_fds=(child_heard, child_said), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(child_heard)
        os.close(child_said)
        self._number = 0
        self._unread = b""
        self.events: list[dict[str, Any]] = []

    def call(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        """The browser's answer to a command of its protocol. Events that come before it are kept."""
        self._number += 1
        command: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if session is not None:
            command["sessionId"] = session
        data = json.dumps(command).encode() + b"\0"
        while data:
            data = data[os.write(self._says, data) :]
        while True:
            message = self._message()
            if message.get("id") != self._number:
                self.events.append(message)
                continue
            if "error" in message:
                raise RuntimeError(f"{method}: {message['error']}")
            answer: dict[str, Any] = message["result"]
            return answer

    def _message(self) -> dict[str, Any]:
        end = time.monotonic() + _WAIT
        while b"\0" not in self._unread:
            if not select.select([self._hears], [], [], max(0.0, end - time.monotonic()))[0]:
                raise TimeoutError("the browser gives no answer")
            data = os.read(self._hears, 1 << 20)
            if not data:
                raise RuntimeError("the browser has ended")
            self._unread += data
        message, _, self._unread = self._unread.partition(b"\0")
        read: dict[str, Any] = json.loads(message)
        return read

    def close(self) -> None:
        try:
            self.call("Browser.close")
        except (RuntimeError, OSError, TimeoutError):
            self._process.kill()
        self._process.wait(_WAIT)
        os.close(self._says)
        os.close(self._hears)


class Page:
    """One page of a browser."""

    def __init__(self, browser: Browser, width: int, height: int, scheme: str, scale: float) -> None:
        self._browser = browser
        target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self._target = target
        self._session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        browser.events.clear()
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.size(width, height, scale)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        return self._browser.call(method, self._session, **parameters)

    def size(self, width: int, height: int, scale: float = 1) -> None:
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale,
            mobile=False,
        )

    def open(self, path: Path, place: str = "") -> None:
        """Open a file and wait until its script is done with what it does at the start."""
        self.call("Page.navigate", url=path.as_uri() + place)
        self.until("'ready' in (document.documentElement?.dataset ?? {})")

    def do(self, script: str) -> Any:
        """What an expression gives in the page."""
        answer = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True, userGesture=True
        )
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"].get("description", answer))
        return answer["result"].get("value")

    def until(self, script: str) -> None:
        """Wait until an expression is true in the page."""
        end = time.monotonic() + _WAIT
        while not self.do(f"!!({script})"):
            if time.monotonic() > end:
                raise TimeoutError(f"it never came to: {script}")
            time.sleep(0.02)

    def press(self, *keys: str) -> None:
        """Press keys, each by its name (`ArrowDown`) or its letter."""
        for key in keys:
            codes = {"Tab": 9, "Enter": 13, "End": 35, "Home": 36, "ArrowUp": 38, "ArrowDown": 40}
            code = codes.get(key, ord(key.upper()[0]))
            text = key if len(key) == 1 else "\r" if key == "Enter" else ""
            same = {"key": key, "windowsVirtualKeyCode": code}
            self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **same)
            self.call("Input.dispatchKeyEvent", type="keyUp", **same)

    def type(self, text: str) -> None:
        """Put text in where the focus is."""
        self.call("Input.insertText", text=text)

    def picture(self, path: Path) -> None:
        """Write a PNG of what is seen."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))

    def complaints(self) -> list[str]:
        """What the browser had to complain of: errors, uncaught exceptions, what a policy forbade."""
        self.do("1")
        said = []
        for event in self._browser.events:
            details = event.get("params", {})
            if event.get("method") == "Runtime.exceptionThrown":
                said.append(str(details["exceptionDetails"]))
            elif event.get("method") == "Log.entryAdded":
                said.append(details["entry"]["text"])
            elif event.get("method") == "Runtime.consoleAPICalled":
                said.append(str(details["args"]))
        return said

    def requests(self) -> list[str]:
        """The addresses that the page asked for."""
        self.do("1")
        asked = [e for e in self._browser.events if e.get("method") == "Network.requestWillBeSent"]
        return [event["params"]["request"]["url"] for event in asked]

    def close(self) -> None:
        self._browser.call("Target.closeTarget", targetId=self._target)


@contextmanager
def opened(
    browser: Browser, width: int = 1440, height: int = 900, scheme: str = "light", scale: float = 1
) -> Iterator[Page]:
    """A page for as long as it is needed."""
    page = Page(browser, width, height, scheme, scale)
    try:
        yield page
    finally:
        page.close()
