"""The browser that pages are looked at with: Chromium, as it is on this computer."""

from __future__ import annotations

import os
import shutil

# Without these, a browser that just started asks the outside world for this and that.
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--lang=nl-BE",
    # A name that is no address of this computer: what comes over plain HTTP is not trusted there. Others are not found.
    "--host-resolver-rules=MAP gehoor.test 127.0.0.1, MAP *.be ~NOTFOUND",
)  # fmt: skip
HOW = "Debian: apt-get install chromium; elsewhere: CHROMIUM=/path/to/chromium"


def chromium() -> str | None:
    """Return where Chromium is, if it is anywhere: ``CHROMIUM`` says so, or it is on the path."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(
        (found for name in names if (found := shutil.which(name))), None
    )
