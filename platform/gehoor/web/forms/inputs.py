"""The input of one answer in a page: it reads by its kind, and keeps what cannot be read as it was typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup
from wtforms import Field as WtfField

from gehoor.core.forms.fields import KINDS, Choice, Field
from gehoor.core.forms.reading import UnreadableError
from gehoor.web.forms.markup import chosen, offered, shown


class AnswerField(WtfField):
    """A field of an agreed form. ``data`` is the stored value; what cannot be read stays as it was typed."""

    def __init__(self, agreed: Field, zone: ZoneInfo, **arguments: Any) -> None:
        super().__init__(label=agreed.label, description=agreed.help, **arguments)
        self.agreed = agreed
        self._zone = zone

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read what the browser sent. What cannot be read is judged, with everything else, by the use case."""
        several = self.agreed.kind == "choices"
        raw: Any = [str(value) for value in valuelist] if several else str(valuelist[0]) if valuelist else ""
        try:
            self.data = KINDS[self.agreed.kind].read(raw, self.agreed, self._zone)
        except UnreadableError:
            self.data = raw

    @property
    def shown(self) -> Any:
        """What stands in the page: what was typed, or the stored value as an input wants it."""
        return shown(self.agreed, self.data)

    def chosen(self, code: str, attribute: str) -> Markup:
        """Return an attribute when this answer is, or has, a code."""
        return chosen(self.agreed, self.data, code, attribute)

    @property
    def offered(self) -> list[Choice]:
        """The choices to show."""
        return offered(self.agreed, self.data)

    @property
    def stands_out(self) -> bool:
        """Whether something here has to be seen: the phase it is in is unfolded."""
        return bool(self.errors)

    def refuse(self, message: str) -> None:
        """Put a sentence at this answer."""
        self.errors = (*self.errors, message)

    def refusals(self) -> list[tuple[str, str, str]]:
        """Return the refusals: element id, label, sentence."""
        return [(self.name, str(self.label.text), str(error)) for error in self.errors]
