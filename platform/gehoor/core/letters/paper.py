"""A letter as it goes on paper: its text, and what stands above it."""

from __future__ import annotations

from dataclasses import dataclass

from gehoor.core.letters.text_blocks import Block


@dataclass(frozen=True, slots=True)
class PaperLetter:
    """What stands on the paper. ``sender``: the lines of the letterhead, the first the name of the organisation;
    ``day``: the day of sending in words; ``recipient``: the lines of who gets it, none where they are not known;
    ``logo``: a picture above the sender, and ``logo_says`` what is read aloud for it."""

    language: str
    subject: str
    blocks: tuple[Block, ...]
    sender: tuple[str, ...]
    day: str
    number: str
    recipient: tuple[str, ...] = ()
    logo: bytes = b""
    logo_says: str = ""
