"""The input of an answer that names people who work here: chosen from those who do, each by full name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from gehoor.core.forms.fields import Field
from gehoor.web.forms.inputs import AnswerField


class PeopleField(AnswerField):
    """A page asks for people as it asks for choices: the people of the organisation are the choices."""

    def __init__(self, agreed: Field, zone: ZoneInfo, **arguments: Any) -> None:
        super().__init__(replace(agreed, kind="choices"), zone, **arguments)
