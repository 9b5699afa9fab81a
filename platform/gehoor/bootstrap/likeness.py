"""What says that two stories may be one: our own, or a model where the environment names one."""

from __future__ import annotations

import os
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from gehoor.bootstrap import SetupError
from gehoor.core.text.retelling import PlainLikeness
from gehoor.services.ports.outside import Likeness

_SETTING = "GEHOOR_LIKENESS_MODEL"
_NEEDS = "model2vec"


def likeness() -> Likeness:
    """Return what says of two stories whether they may be one. ``GEHOOR_LIKENESS_MODEL`` names the folder of a model;
    nothing is ever fetched. Raises ``SetupError``."""
    folder = os.environ.get(_SETTING, "")
    if not folder:
        return PlainLikeness()
    if find_spec(_NEEDS) is None:
        raise SetupError(
            f"Voor {_SETTING} is een uitbreiding nodig. Installeer ze met: pip install {_NEEDS}. "
            "Zonder deze instelling vergelijkt Gehoor verhalen woord voor woord."
        )
    if not Path(folder).is_dir():
        raise SetupError(
            f"{_SETTING} is geen map: {folder}. Zet daar de map met het model; Gehoor haalt niets op."
        )
    # Only here: without this setting nobody needs the library.
    from gehoor.adapters.likeness.sentence_model import SentenceLikeness  # noqa: PLC0415

    model = import_module(_NEEDS).StaticModel.from_pretrained(folder)
    return SentenceLikeness(model.encode)
