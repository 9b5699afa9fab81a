"""What was typed where nothing is asked any more, because the form was changed: it is shown, never dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from gehoor.core.forms.form import Form
from gehoor.web.forms.answer_form import PREFIX


def left_over(form: Form, sent: MultiDict[str, str]) -> dict[str, str]:
    """Return the texts that came for fields that the form does not have, by the name of the field."""
    names = {name.removeprefix(PREFIX): name for name in sent if name.startswith(PREFIX)}
    gone = {
        name: "\n".join(filter(None, sent.getlist(whole)))
        for name, whole in names.items()
        if not _asked(form, name)
    }
    return {name: text for name, text in gone.items() if text}


def left_over_texts(form: Form, answers: Mapping[str, Any]) -> list[str]:
    """Return the texts among kept answers that no field of the form asks."""
    return [
        given
        for name, given in answers.items()
        if name not in form.fields and isinstance(given, str) and given
    ]


def left_over_sentences(texts: Iterable[str]) -> list[str]:
    """Return what is said of such texts to whoever sent them."""
    return [
        _(
            "Deze vraag staat niet meer in het formulier. U schreef: “%(text)s”. Neem het over waar het past.",
            text=text,
        )
        for text in texts
    ]


def _asked(form: Form, name: str) -> bool:
    """Say whether a field of the form is called so, or has rows or files that are."""
    return name in form.fields or any(name.startswith(f"{known}-") for known in form.fields)
