"""How much a file may hold. More of it is no definition file, and is not read to its end."""

from __future__ import annotations

from typing import Final

MAX_DEPTH: Final = 24
MAX_NODES: Final = 20_000
