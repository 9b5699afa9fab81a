"""Kinds of files that can be attached to an answer, and what people call them. What one form allows is agreed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

MOST_FILES: Final = 10
"""How many files an answer may have, when nothing else was agreed."""
LARGEST_FILE: Final = 5 * 1024 * 1024
"""The size of the largest file that is kept, in bytes."""
LARGEST_PICTURE: Final = 20 * 1024 * 1024
"""The size of the largest picture that may come in, in bytes: it is made smaller before it is kept."""
LARGEST_SUBMISSION: Final = 20 * 1024 * 1024
"""How much all files of one form that are kept may be together, in bytes."""
LARGEST_TOGETHER: Final = 2 * LARGEST_PICTURE
"""How much may come in at a time, in bytes, before pictures are made smaller."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file of which can be told whether a file really is one. The first extension is the usual one."""

    name: str
    label: str
    extensions: tuple[str, ...]
    media_type: str

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture, that can be made smaller and shown."""
        return self.media_type.startswith("image/")

    @property
    def largest(self) -> int:
        """The size of the largest file of this kind that may come in, in bytes."""
        return LARGEST_PICTURE if self.is_picture else LARGEST_FILE


FILE_KINDS: Final[Mapping[str, FileKind]] = {
    kind.name: kind
    for kind in (
        FileKind("pdf", "pdf", ("pdf",), "application/pdf"),
        FileKind("jpeg", "foto (jpg)", ("jpg", "jpeg"), "image/jpeg"),
        FileKind("png", "afbeelding (png)", ("png",), "image/png"),
        FileKind("webp", "afbeelding (webp)", ("webp",), "image/webp"),
        FileKind("txt", "tekst (txt)", ("txt",), "text/plain"),
        FileKind(
            "docx",
            "Word (docx)",
            ("docx",),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        FileKind("odt", "OpenDocument (odt)", ("odt",), "application/vnd.oasis.opendocument.text"),
        FileKind("mp3", "geluid (mp3)", ("mp3",), "audio/mpeg"),
    )
}
"""Every kind that can be agreed. A new one: an entry here, and in ``adapters/security/file_inspector.py``."""

USUAL: Final = tuple(name for name in FILE_KINDS if name != "mp3")
"""What may be attached when nothing else was agreed."""


def kind_named(name: str, allowed: Iterable[str]) -> FileKind | None:
    """Return the allowed kind of file that a file name claims; None when it claims none of them."""
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    return next((FILE_KINDS[one] for one in allowed if extension in FILE_KINDS[one].extensions), None)
