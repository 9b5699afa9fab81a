"""How long a test waits for another process, a server or a browser.

That is only there so that a test that hangs ends: it is far more than a slow and busy computer needs, and no test is
about it.
"""

from __future__ import annotations

from typing import Final

PATIENCE: Final = 300
"""Seconds on the clock."""
