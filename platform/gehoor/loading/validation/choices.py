"""What people mean who write something else than one of the choices: their word for a kind of answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from gehoor.core.text.suggestions import hint, question
from gehoor.loading.keywords.vocabulary import Vocabulary
from gehoor.loading.merge.source_map import Path

_TEXT: Final = "type: string"
_KINDS: Final = {
    **dict.fromkeys(("tekst", "text", "varchar", "str", "woord"), _TEXT),
    **dict.fromkeys(("getal", "nummer", "float", "decimal", "bedrag", "kommagetal"), "type: number"),
    **dict.fromkeys(("int", "heel getal", "geheel getal", "schaal", "aantal"), "type: integer"),
    **dict.fromkeys(
        ("bool", "ja/nee", "ja of nee", "janee", "ja-nee", "vinkje", "checkbox"), "type: boolean"
    ),
    **dict.fromkeys(("lijst", "list", "meerkeuze", "rijen"), "type: array"),
    **dict.fromkeys(("datum", "date", "dag"), f"{_TEXT} en format: date"),
    **dict.fromkeys(("keuze", "keuzelijst", "select", "radio", "dropdown"), f"{_TEXT} en oneOf"),
    **dict.fromkeys(("e-mail", "email", "mail", "e-mailadres"), f"{_TEXT} en format: email"),
    **dict.fromkeys(("uur", "tijd", "tijdstip", "time"), f"{_TEXT} en {{widget}}: {{time-of-day}}"),
    **dict.fromkeys(
        ("telefoon", "telefoonnummer", "phone", "tel", "gsm", "telephone"),
        f"{_TEXT} en {{widget}}: {{phone}}",
    ),
    **dict.fromkeys(
        ("lang", "lange tekst", "textarea", "groot", "memo"), f"{_TEXT} en {{widget}}: {{long-text}}"
    ),
    **dict.fromkeys(("bestand", "bijlage", "file", "foto"), "type: array en {widget}: {attachments}"),
}
"""What people call a kind of answer -> how it is written."""
_PLACES: Final = ("type", "format", "widget")


def choice_hint(value: str, path: Path, allowed: Iterable[str], words: Vocabulary) -> str:
    """Return what was meant, as a sentence; nothing when nothing is near."""
    choices = [*allowed]
    same = next((one for one in choices if one.lower() == value.lower()), None)
    if same:
        return question(same)
    kind = _KINDS.get(value.lower()) if path and path[-1] in _PLACES else None
    if kind is None:
        return hint(value, choices)
    names = {"widget": words.word("widget")}
    names |= {one: words.value_word(one) for one in ("phone", "long-text", "time-of-day", "attachments")}
    return f" Schrijf {kind.format(**names)}."
