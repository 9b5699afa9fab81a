"""The inputs of a list of groups in a page: a row for each that is there, and one more to fill in. Without script."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict
from wtforms.utils import unset_value

from gehoor.core.forms.fields import Field, StoredRow
from gehoor.web.forms.types.base import AnswerField, WebType, WebTypes
from gehoor.web.request.languages import said

WIPE: Final = "wis"
"""The name of the boxes that take a row away; each has the id of its row as value."""
_FOLDED_FROM: Final = 2
"""From so many rows on, the rows that nothing is wrong with are folded."""
_EXCERPT: Final = 60


@dataclass(frozen=True)
class RowInputs:
    """A row of the page. ``number`` counts from 1; in a ``new`` row nothing is filled in yet."""

    id: str
    number: int
    inputs: Mapping[str, AnswerField]
    new: bool

    @property
    def wrong(self) -> bool:
        """Whether something in this row was refused."""
        return any(one.errors for one in self.inputs.values())

    @property
    def excerpt(self) -> str:
        """What the row is about, for when it is folded: its first text, or else its first answer."""
        filled = [one for one in self.inputs.values() if one.data is not None]
        texts = [one for one in filled if one.agreed.type.prose]
        text = " ".join(_shown(one) for one in (texts or filled)[:1])
        return textwrap.shorten(text, _EXCERPT, placeholder="\u2026")


class RowsField(AnswerField):
    """A list of groups. ``data`` are its rows as they were stored or typed, without the empty ones."""

    def __init__(self, agreed: Field, types: WebTypes, zone: ZoneInfo, **arguments: Any) -> None:
        super().__init__(agreed, types, zone, **arguments)
        self.rows: list[RowInputs] = []
        self.grown = False
        self._sent_empty = 0

    def process(
        self,
        formdata: Any,
        data: Any = unset_value,
        extra_filters: Any = None,  # noqa: ARG002
    ) -> None:
        """Take over what was stored, or what the browser sent."""
        if formdata is None:
            self.data = None if data is unset_value else data
            return
        wiped = set(formdata.getlist(WIPE))
        ids = [id_ for id_ in self._sent(formdata) if id_ not in wiped]
        sent = [_answers(self._inputs(id_, formdata=formdata)) for id_ in ids]
        self._sent_empty = sum(not row for row in sent)
        self.data = [row for row in sent if row]

    @property
    def data(self) -> list[StoredRow] | None:
        """The rows in which anything is filled in; None when there are none."""
        return [_answers(row.inputs) for row in self.rows if not row.new] or None

    @data.setter
    def data(self, rows: Sequence[StoredRow] | None) -> None:
        filled = list(rows or ())
        more = self._sent_empty + 1 if self.grown else 1
        more = max(0, min(more, self.most - len(filled)))
        ids = [f"{self.name}-{index}" for index in range(len(filled) + more)]
        self.rows = [
            RowInputs(id_, number, self._inputs(id_, row or {}), new=row is None)
            for number, (id_, row) in enumerate(zip(ids, [*filled, *[None] * more], strict=True), start=1)
        ]

    @property
    def most(self) -> int:
        """How many rows there may be."""
        return int(self.agreed.schema["maxItems"])

    @property
    def is_full(self) -> bool:
        """Whether there is no room for another row."""
        return all(not row.new for row in self.rows)

    @property
    def folds(self) -> bool:
        """Whether there are so many rows that those with nothing wrong are folded."""
        return sum(not row.new for row in self.rows) >= _FOLDED_FROM

    @property
    def stands_out(self) -> bool:
        """Whether something here has to be seen: a refusal, or the row that was asked for."""
        return bool(self.errors) or self.grown or any(row.wrong for row in self.rows)

    def grow(self) -> None:
        """Show one row more than was sent."""
        self.grown = True
        self.data = self.data

    def refuse_at(self, row: int, member: str, message: str) -> None:
        """Put a sentence at an answer in a row (counted from 1), or at the list when that is not on the page."""
        inputs = self.rows[row - 1].inputs if 0 < row <= len(self.rows) else {}
        (inputs.get(member) or self).refuse(message)

    def refusals(self) -> list[tuple[str, str, str]]:
        """Return the refusals of the list, and then those in its rows: element id, label, sentence."""
        inside = [
            (id_, f"{self.agreed.row_title} {row.number}, {label}", error)
            for row in self.rows
            for one in row.inputs.values()
            for id_, label, error in one.refusals()
        ]
        return [*super().refusals(), *inside]

    def _sent(self, formdata: MultiDict[str, str]) -> list[str]:
        """Return the ids of the rows that were sent, in order; no more than would be too many anyway."""
        pattern = re.compile(rf"^{re.escape(self.name)}-([0-9]{{1,4}})-")
        found = {int(match[1]) for name in formdata if (match := pattern.match(name))}
        return [f"{self.name}-{index}" for index in sorted(found)[: self.most + 1]]

    def _inputs(
        self, id_: str, row: StoredRow | None = None, formdata: MultiDict[str, str] | None = None
    ) -> dict[str, AnswerField]:
        inputs = {}
        for name, member in self.agreed.members.items():
            unbound: Any = AnswerField(member, self._types, self._zone)
            one: AnswerField = unbound.bind(form=None, name=f"{id_}-{name}", _meta=self.meta)
            one.process(formdata, (row or {}).get(name))
            inputs[name] = one
        return inputs


def _answers(inputs: Mapping[str, AnswerField]) -> StoredRow:
    return {name: one.data for name, one in inputs.items() if one.data is not None}


def _shown(one: AnswerField) -> str:
    try:
        return one.agreed.type.show(one.data, one.agreed, said().formats)
    except ValueError:
        # What was typed and could not be read.
        return str(one.data)


GROUPS = WebType(name="groups", control=lambda _: "rows", input=RowsField, more_than_a_value=True)
