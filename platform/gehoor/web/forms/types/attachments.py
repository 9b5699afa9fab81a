"""The input of attached files in a page: those that are kept already, each with a box to erase it, and new ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from flask_babel import gettext
from wtforms.utils import unset_value

from gehoor.core.forms.file_kinds import FILE_KINDS, LARGEST_FILE, LARGEST_PICTURE, LARGEST_SUBMISSION
from gehoor.web.forms.types.base import AnswerField, WebType
from gehoor.web.forms.types.groups import WIPE
from gehoor.web.request.languages import said

_KEPT: Final = "-bewaard"
"""Ends the name of the hidden inputs with the ids of files that are kept."""


_KEPT_WHOLE: Final = ("application/pdf", "audio/mpeg")
"""Of these nothing is taken out."""


class AttachmentsField(AnswerField):
    """Attached files. ``data`` is what is known of them; what the browser says of a file but its id is not believed,
    so it stays empty until ``web/forms/uploads.py`` has looked the ids up."""

    sent: tuple[str, ...] = ()
    """The ids of files that were kept before and are not to be erased."""
    preview: Callable[[str], str] | None = None
    """Gives the address of a small picture of a file that is kept, by its id, where the page has one."""

    def process(
        self,
        formdata: Any,
        data: Any = unset_value,
        extra_filters: Any = None,  # noqa: ARG002
    ) -> None:
        """Take over what was stored, or the ids that the browser sent."""
        if formdata is None:
            self.data = None if data is unset_value else data
            return
        self.data = None
        wiped = set(formdata.getlist(WIPE))
        kept = dict.fromkeys(formdata.getlist(self.kept_name))
        self.sent = tuple(file_id for file_id in kept if file_id not in wiped)[: self.most]

    @property
    def kept_name(self) -> str:
        """The name of the hidden inputs with ids."""
        return f"{self.name}{_KEPT}"

    @property
    def most(self) -> int:
        """How many files there may be."""
        return int(self.agreed.schema["maxItems"])

    @property
    def accepts(self) -> str:
        """What a browser offers to choose from."""
        return ",".join(f".{one}" for name in self.agreed.file_kinds for one in FILE_KINDS[name].extensions)

    @property
    def kinds(self) -> str:
        """Which kinds of files there may be, in words."""
        return ", ".join(gettext(FILE_KINDS[name].label) for name in self.agreed.file_kinds)

    @property
    def kept_whole(self) -> str:
        """Which of those are kept as they came, with what nobody sees in them; empty where none are."""
        return ", ".join(
            gettext(FILE_KINDS[name].label)
            for name in self.agreed.file_kinds
            if FILE_KINDS[name].media_type in _KEPT_WHOLE
        )

    @property
    def largest(self) -> tuple[str, str, str]:
        """How large a file may be, all together, and a picture before it is made smaller; the last empty where no
        pictures are taken."""
        size, pictures = (
            said().formats.size,
            any(FILE_KINDS[name].is_picture for name in self.agreed.file_kinds),
        )
        return size(LARGEST_FILE), size(LARGEST_SUBMISSION), size(LARGEST_PICTURE) if pictures else ""


ATTACHMENTS = WebType(
    name="attachments", control=lambda _: "files", input=AttachmentsField, more_than_a_value=True
)
