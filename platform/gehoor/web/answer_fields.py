"""WTForms for agreed forms: a form class per agreement and set of fields, each field reading by its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict
from wtforms import Form as WtfForm

from gehoor.core.agreement import Agreement
from gehoor.core.fields import Field, StoredValue
from gehoor.core.objections import Objection
from gehoor.web.attachment_inputs import AttachmentsField
from gehoor.web.inputs import AnswerField
from gehoor.web.people_inputs import PeopleField
from gehoor.web.row_inputs import RowsField

PREFIX = "v_"
"""Names of agreed fields in a page start so: an organisation may call a field anything."""
ONE_MORE = "nog-een"
"""The name of the buttons that ask for one more row; the value is the list."""


@lru_cache(maxsize=256)
def _form_class(names: tuple[str, ...], fields: tuple[_Hashed, ...], zone: str) -> type[WtfForm]:
    place = ZoneInfo(zone)
    members = {
        f"{PREFIX}{name}": _unbound(hashed.field, place) for name, hashed in zip(names, fields, strict=True)
    }
    return type("AnswerForm", (WtfForm,), members)


class _Hashed:
    """A field of an immutable agreement. Forms ask a field each in its own words, and in more languages."""

    def __init__(self, digest: str, field: Field) -> None:
        self.field = field
        self._key = (digest, field.id, field.label)

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hashed) and self._key == other._key and self.field == other.field


_INPUTS: Mapping[str, type[AnswerField]] = {
    "groups": RowsField,
    "attachments": AttachmentsField,
    "staff": PeopleField,
}


def _unbound(field: Field, zone: ZoneInfo) -> Any:
    return _INPUTS.get(field.kind, AnswerField)(field, zone)


class AnswerForm:
    """A form in a page: bound to what was stored, or to what the browser sent."""

    def __init__(
        self,
        agreement: Agreement,
        fields: Sequence[Field],
        *,
        sent: MultiDict[str, str] | None = None,
        stored: Mapping[str, StoredValue] | None = None,
    ) -> None:
        names = tuple(field.id for field in fields)
        hashed = tuple(_Hashed(agreement.hash, field) for field in fields)
        data = {f"{PREFIX}{name}": value for name, value in (stored or {}).items()}
        self._form = _form_class(names, hashed, agreement.time_zone)(formdata=sent, data=data)
        self.names = names

    def __getitem__(self, name: str) -> AnswerField:
        field = self._form[f"{PREFIX}{name}"]
        assert isinstance(field, AnswerField)
        return field

    def __contains__(self, name: str) -> bool:
        return name in self.names

    @property
    def has_rows(self) -> bool:
        """Whether there is a list of groups among the fields."""
        return any(isinstance(self[name], RowsField) for name in self.names)

    @property
    def takes_files(self) -> bool:
        """Whether files can come with this form."""
        return any(isinstance(self[name], AttachmentsField) for name in self.names)

    def answers(self) -> dict[str, Any]:
        """Return what was filled in, by field; an empty answer is an empty text."""
        return {name: "" if self[name].data is None else self[name].data for name in self.names}

    def grow(self, name: str) -> bool:
        """Show one row more in a list, when that is what was asked for. Says whether it was."""
        if name not in self:
            return False
        field = self[name]
        if isinstance(field, RowsField):
            field.grow()
        return isinstance(field, RowsField)

    def refuse(self, objection: Objection, message: str) -> bool:
        """Put a sentence where an answer was refused. Says whether that is on this page."""
        if objection.field not in self:
            return False
        field = self[objection.field]
        if isinstance(field, RowsField):
            field.refuse_at(objection.row, objection.member, message)
        else:
            field.refuse(message)
        return True

    def errors(self) -> list[tuple[str, str, str]]:
        """Return the refusals in the order of the page: element id, label, sentence."""
        return [refusal for name in self.names for refusal in self[name].refusals()]
