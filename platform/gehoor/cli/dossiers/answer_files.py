"""Reading answers from a file: one JSON object, or one on each line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from gehoor.cli.support.click_dutch import OptionProblem

LARGEST = 1_000_000
"""How many bytes one set of answers may have."""


class UnusableAnswersError(ValueError):
    """What was given is no set of answers. The message is a Dutch sentence."""


def read_file(name: str) -> dict[str, Any]:
    """Read answers from a file, or from standard input when it is called ``-``.

    Raises ``OptionProblem`` when there is no such file, and ``UnusableAnswersError``.
    """
    try:
        if name == "-":
            content = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(name).open("rb") as stream:
                content = stream.read(LARGEST + 1)
    except OSError as error:
        raise OptionProblem(name, "dit bestand kan niet gelezen worden") from error
    return parse(content)


def parse(content: bytes) -> dict[str, Any]:
    """Read answers from JSON. Raises ``UnusableAnswersError``."""
    if len(content) > LARGEST:
        raise UnusableAnswersError("Dit is te groot voor een ingevuld formulier.")
    try:
        answers = json.loads(
            content.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_no_constant
        )
        # Half a character cannot be kept, printed or sent.
        json.dumps(answers, ensure_ascii=False).encode()
    except UnusableAnswersError:
        raise
    except UnicodeDecodeError as error:
        raise UnusableAnswersError("Dit is niet als UTF-8 bewaard.") from error
    except json.JSONDecodeError as error:
        raise UnusableAnswersError(
            f"Dit is geen geldige JSON: kijk naar regel {error.lineno}, teken {error.colno}."
        ) from error
    except (ValueError, RecursionError) as error:
        raise UnusableAnswersError("Dit kunnen wij niet lezen als een ingevuld formulier.") from error
    if not isinstance(answers, dict):
        raise UnusableAnswersError('Schrijf de antwoorden tussen accolades: {"veld": "antwoord"}.')
    return answers


def _object(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise UnusableAnswersError(f'"{key}" staat er twee keer in.')
        found[key] = value
    return found


def _no_constant(text: str) -> Any:
    raise UnusableAnswersError(f"{text} is geen getal waarmee wij kunnen rekenen.")
