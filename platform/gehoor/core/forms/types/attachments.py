"""Attached files. An answer is what is known of them; they came in before it is read."""

from __future__ import annotations

from typing import Any, Final

from gehoor.core.conditions.facts import FactType
from gehoor.core.forms.file_kinds import MOST_FILES
from gehoor.core.forms.reading import UnreadableError
from gehoor.core.forms.types.base import Agreed, FieldType, StoredRow, is_widget
from gehoor.core.text.formats import Formats

_OF_A_FILE: Final = {"id": str, "name": str, "type": str, "size": int}


def _read(given: Any) -> list[StoredRow] | None:
    files = [] if given == "" else given
    if not isinstance(files, list) or not all(_is_file(file) for file in files):
        raise UnreadableError
    return [dict(file) for file in files] or None


def _is_file(given: Any) -> bool:
    return (
        isinstance(given, dict)
        and set(given) == set(_OF_A_FILE)
        and all(type(given[name]) is of for name, of in _OF_A_FILE.items())
    )


def _show(files: list[StoredRow], _: Agreed, formats: Formats) -> str:
    return ", ".join(f"{file['name']} ({formats.size(int(str(file['size'])))})" for file in files)


ATTACHMENTS = FieldType(
    name="attachments",
    fact_type=FactType.INTEGER,
    describes=lambda schema: is_widget(schema, "attachments"),
    read=lambda given, _, __: _read(given),
    # What rules may ask of files is how many there are.
    fact=lambda files, _: len(files),
    show=_show,
    limits={"maxItems": MOST_FILES},
    whole="bestanden horen bij het hele formulier. Maak er een eigen veld van, buiten de lijst",
    knowable=False,
    takes_files=True,
)
