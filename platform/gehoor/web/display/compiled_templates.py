"""Compiled templates: what a process compiled once, each of its applications uses.

A process has more than one: the website with its draft, and in tests one for nearly every test.
"""

from __future__ import annotations

from types import CodeType
from typing import Final

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

OPTIONS: Final = {"trim_blocks": True, "lstrip_blocks": True}
"""How the templates are written; all applications the same, for what is compiled is shared."""


class CompiledTemplates(BytecodeCache):
    """Keeps the code of each template by its name and the content of its file."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code that was compiled from the same content, if any."""
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        if bucket.code is not None:
            self._code[bucket.key, bucket.checksum] = bucket.code


COMPILED: Final = CompiledTemplates()
