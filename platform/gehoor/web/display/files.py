"""Files that a page gives."""

from __future__ import annotations

from typing import Final

from werkzeug.wrappers import Response

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ENDINGS: Final = {"txt": "utf-8.csv"}
"""What a file is called that is plain CSV: the other kind has the ending that sheet programmes open."""


def as_file(content: bytes, media: str, name: str, kind: str) -> Response:
    """Return an answer that a browser keeps as a file."""
    answer = Response(content, content_type=media)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{_ENDINGS.get(kind, kind)}"'
    return answer
