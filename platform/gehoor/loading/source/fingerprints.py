"""Whether the files of a workspace changed, without reading them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from gehoor.loading.source.files import DEFINITIONS_FOLDER, ENDINGS, FORMS_FOLDER, RULES_FOLDER

Fingerprint: TypeAlias = frozenset[tuple[str, int, int]]
"""Each file with when it was last written (nanoseconds) and its size (bytes)."""


def fingerprint(workspace: Path) -> Fingerprint:
    """Return what tells one state of the definition files from another. Links are not followed."""
    folders = (workspace / name for name in (DEFINITIONS_FOLDER, FORMS_FOLDER, RULES_FOLDER))
    return frozenset(seen for folder in folders for seen in _files(str(folder)))


def _files(folder: str) -> Iterator[tuple[str, int, int]]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    # An empty folder counts: an organisation is a folder.
                    yield entry.path, 0, 0
                    yield from _files(entry.path)
                elif entry.name.endswith(ENDINGS):
                    found = entry.stat(follow_symlinks=False)
                    yield entry.path, found.st_mtime_ns, found.st_size
    except OSError:
        # Gone or closed while it was looked at: that shows when it is loaded, and the next time.
        return
