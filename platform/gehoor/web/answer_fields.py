"""WTForms for agreed forms: a form class per agreement and set of fields, each field reading by its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict
from wtforms import Form as WtfForm

from gehoor.core.agreement import Agreement
from gehoor.core.fields import Field, StoredValue
from gehoor.core.objections import Objection
from gehoor.web.attachment_inputs import AttachmentsField
from gehoor.web.inputs import AnswerField
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


_INPUTS: Mapping[str, type[AnswerField]] = {"groups": RowsField, "attachments": AttachmentsField}


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
        self._agreed = {field.id: field for field in fields}
        self._zone, self._digest = agreement.time_zone, agreement.hash
        self._sent, self._stored = sent, stored or {}
        self.names = tuple(self._agreed)

    @cached_property
    def _form(self) -> WtfForm:
        """The inputs. A page that only shows what was stored does without."""
        hashed = tuple(_Hashed(self._digest, field) for field in self._agreed.values())
        data = {f"{PREFIX}{name}": value for name, value in self._stored.items()}
        return _form_class(self.names, hashed, self._zone)(formdata=self._sent, data=data)

    @property
    def _is_bound(self) -> bool:
        return self._sent is not None or "_form" in self.__dict__

    def __getitem__(self, name: str) -> AnswerField:
        field = self._form[f"{PREFIX}{name}"]
        assert isinstance(field, AnswerField)
        return field

    def __contains__(self, name: str) -> bool:
        return name in self._agreed

    def agreed(self, name: str) -> Field:
        """Return what was agreed of a field."""
        return self._agreed[name]

    def value(self, name: str) -> Any:
        """Return the answer to a field: its stored value, or what was typed when that cannot be read."""
        return self[name].data if self._is_bound else self._stored.get(name)

    def is_refused(self, name: str) -> bool:
        """Whether something is wrong with an answer."""
        return self._is_bound and bool(self[name].errors)

    @property
    def has_rows(self) -> bool:
        """Whether there is a list of groups among the fields."""
        return any(field.kind == "groups" for field in self._agreed.values())

    @property
    def takes_files(self) -> bool:
        """Whether files can come with this form."""
        return any(field.kind == "attachments" for field in self._agreed.values())

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

    def stands_out(self, name: str) -> bool:
        """Whether something at this answer has to be seen: the phase it is in is unfolded."""
        return self._is_bound and self[name].stands_out

    def errors(self) -> list[tuple[str, str, str]]:
        """Return the refusals in the order of the page: element id, label, sentence."""
        if not self._is_bound:
            return []
        return [refusal for name in self.names for refusal in self[name].refusals()]
