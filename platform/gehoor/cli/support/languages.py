"""The languages that keywords can be written in, as an option of a command."""

from __future__ import annotations

from gehoor.bootstrap.file_words import shipped_languages
from gehoor.cli.support.click_dutch import OptionProblem


def known_language(option: str, language: str | None) -> str:
    """Return a language that was given with an option; refuse one that we do not know, and none."""
    if language in shipped_languages():
        return language
    wrong = "dit ontbreekt" if language is None else f'"{language}" kan niet'
    raise OptionProblem(option, f"{wrong}; kies {' of '.join(reversed(shipped_languages()))}")
