"""Reading an e-mail that somebody saved, whichever way."""

from __future__ import annotations

from collections.abc import Collection

from gehoor.core.mail.eml import read_eml
from gehoor.core.mail.model import IncomingMail
from gehoor.core.mail.outlook import BEGINS, read_msg


def read_mail(content: bytes, own: Collection[str] = ()) -> IncomingMail:
    """Read an e-mail, ``.eml`` or ``.msg``: told apart by how it begins, not by its name. ``own``: the addresses that
    our own messages come from. Raises ``UnreadableMailError``."""
    return read_msg(content, own) if content.startswith(BEGINS) else read_eml(content, own)
