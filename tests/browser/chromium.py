"""The browser that pages are looked at with: Chromium, as it is on this computer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache

from tests.support.patience import PATIENCE

# Without these, a browser that just started asks the outside world for this and that.
QUIET = (
    "--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--lang=nl-BE",
    # There is no graphics card, and pretending one takes a tenth of the time.
    "--disable-gpu", "--disable-software-rasterizer",
    # A name that is no address of this computer: what comes over plain HTTP is not trusted there. Others are not found.
    "--host-resolver-rules=MAP gehoor.test 127.0.0.1, MAP *.be ~NOTFOUND",
)  # fmt: skip
HOW = "apt-get install --no-install-recommends chromium (Debian, as root), or CHROMIUM=/path/to/chromium make test"


@cache
def chromium() -> str | None:
    """Return where Chromium is, if it is anywhere: ``CHROMIUM`` says so, or it is on the path, and starts.

    First the one without a window of its own: it takes half the time of a computer.
    """
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    found = (path for name in names if (path := shutil.which(name)) and _starts(path))
    return os.environ.get("CHROMIUM") or next(found, None)


def _starts(path: str) -> bool:
    # Where it comes as a snap, what is on the path may only say that.
    asked = subprocess.run([path, "--version"], capture_output=True, timeout=PATIENCE, check=False)
    return asked.returncode == 0


if __name__ == "__main__":
    if not chromium():
        sys.exit(f"Left out: the tests that look at pages in a browser. To have Chromium for them: {HOW}")
