"""What an agreement says of the laws that it was held against."""

from __future__ import annotations

from copy import deepcopy

from gehoor.core.agreement.parse import build_agreement
from gehoor.core.wording.chapters import lines
from gehoor.core.wording.registry import DUTCH
from gehoor.loading.load import load_workspace
from tests.support.places import ORGANISATIONS


def test_which_laws_it_was_held_against_is_said_and_what_they_demand_is_not():
    document = load_workspace(ORGANISATIONS, ("waterhof",)).departments[0].document
    assert set(document["law"]) == {"recht/wkkgz"}
    said = dict(lines(DUTCH.agreements.whole(build_agreement(document, {}))))
    assert said["law/recht/wkkgz/title"] == document["law"]["recht/wkkgz"]["name"]
    for key, at in (("name", "title"), ("applies-to", "applies-to")):
        changed = deepcopy(document)
        changed["law"]["recht/wkkgz"][key] += " Nu anders."
        after = dict(lines(DUTCH.agreements.whole(build_agreement(changed, {}))))
        different = {name for name in said | after if said.get(name) != after.get(name)}
        assert different == {f"law/recht/wkkgz/{at}"}


def test_what_a_term_is_held_against_is_said():
    document = deepcopy(load_workspace(ORGANISATIONS, ("waterhof",)).departments[0].document)
    document["terms"]["ongenoegen"]["held-against"] = "antwoord"
    said = dict(lines(DUTCH.agreements.whole(build_agreement(document, {}))))
    assert said["terms/ongenoegen/held-against"] == (
        "Wij toetsen deze termijn aan de eis \u201cAntwoord\u201d van de wet."
    )
