"""Every check of the surroundings there is, in the order in which people read them."""

from __future__ import annotations

from typing import Final

from gehoor.bootstrap.doctor import clock, network, running, secrecy, storage
from gehoor.bootstrap.doctor.check import Check
from gehoor.bootstrap.doctor.database import database
from gehoor.bootstrap.doctor.figures import metrics
from gehoor.bootstrap.doctor.settings import settings

CHECKS: Final = (
    Check("opslag", "er is een register, en het kan beschreven worden", storage.place, at_start=True),
    Check(
        "netwerkschijf",
        "het register staat op een schijf van deze computer",
        storage.network_disk,
        at_start=True,
    ),
    Check(
        "rechten", "wie op deze computer het register kan lezen of vervangen", storage.rights, at_start=True
    ),
    Check("overgebracht", "of het register ook nog staat waar het overgebracht werd", storage.left),
    Check("ruimte", "hoeveel er op de schijf nog bij kan", storage.disk, at_start=True),
    Check("databank", "wie er meeleest met de databank, en of wat bewaard is bewaard blijft", database),
    Check("instellingen", "of elke instelling iets betekent, en elke naam er een is", settings),
    Check("sqlite", "de versie van SQLite", storage.sqlite),
    Check(
        "geheimen",
        "sleutels en geheimen: aanwezig, lang genoeg, van niemand anders",
        secrecy.secrets,
        at_start=True,
    ),
    Check("proxy", "of de proxy's ervoor vertrouwd worden zoals het hoort", network.proxies, at_start=True),
    Check("https", "of wat mensen typen over HTTPS gaat, met cookies van alleen deze website", network.https),
    Check("cijfers", "of alleen wie het mag, de cijfers over de website ziet", metrics, at_start=True),
    Check("klok", "of de klok verder gaat dan wat het laatst geschreven werd", clock.clock, at_start=True),
    Check("ntp", "of iets de klok juist houdt", clock.clock_keeper),
    Check("tijdzones", "of de tijdzones van iedereen hier bekend zijn", clock.time_zones, at_start=True),
    Check("afspraken", "of er iets gepubliceerd is", running.agreements),
    Check("ronde", "wanneer termijnen het laatst nagekeken werden", running.sweeps),
    Check("verzenden", "of er berichten te lang wachten", running.sending),
    Check("post", "de instellingen van de post; met --mail ook of de mailserver antwoordt", running.mail),
    Check("kopie", "wanneer de laatste kopie gemaakt werd", running.backups),
    Check("lijsten", "of elk dossier in de lijsten staat", running.lists),
    Check("schade", "wat de vorige gehoor verify vond", running.damage),
)
