"""Gehoor met gunicorn, altijd achter een proxy die verzoeken eerst helemaal ontvangt (nginx.conf, Caddyfile):

gunicorn --config gunicorn.conf.py gehoor.wsgi:app

Met systemd neemt het de poort van gehoor-web.socket: dan wacht wie tijdens een herstart komt, en gaat niets verloren.
"""

import mmap
import os
import signal
import threading

bind = "127.0.0.1:8000"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
# Meer dan er tegelijk beantwoord worden: wie traag verstuurt, houdt een thread bezet, en verder niemand.
threads = 32
backlog = 1024
# Elk proces opent zelf het register: verbindingen van voor een fork deelt men niet, en na HUP geldt wat er nu staat.
preload_app = False
# Elke verbinding een verzoek: anders sluit gunicorn er een terwijl de proxy er net iets langs stuurt.
keepalive = 0
# Een proces dat zoveel beantwoordde, maakt plaats voor een nieuw: wat het aan geheugen vasthield, komt vrij.
max_requests = 20_000
max_requests_jitter = 4_000
# Wat bezig is bij het stoppen, krijgt zoveel seconden.
graceful_timeout = 20
# Zoveel seconden zonder teken van leven, en een proces wordt vervangen. Een traag verzoek houdt dat teken niet op.
timeout = 60
# Waar dat teken staat: in het geheugen, zodat een trage schijf niemand doodverklaart.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
# Niemand anders bestuurt het.
control_socket_disable = True
# Geen adressen van bezoekers.
accesslog = None

# Zoveel seconden zegt /healthz/ready al 503 terwijl al het andere nog antwoordt: wie verdeelt, stuurt dan niets meer.
_DRAIN = float(os.environ.get("GEHOOR_DRAIN") or "0")
_stops = mmap.mmap(-1, 1)


def when_ready(server):
    """Wie stopt, zegt dat eerst en gaat pas daarna dicht; wie nog eens zegt te stoppen, wacht niet."""
    at_once = signal.getsignal(signal.SIGTERM)

    def stop(number, frame):
        if _stops[0] or not _DRAIN:
            at_once(number, frame)
            return
        _stops[0] = 1
        later = threading.Timer(_DRAIN, at_once, (number, frame))
        later.daemon = True
        later.start()

    # Niet nog eens om wat er al om staat: HUP leest dit bestand opnieuw.
    at_once = getattr(at_once, "at_once", at_once)
    stop.at_once = at_once
    signal.signal(signal.SIGTERM, stop)


on_reload = when_ready


def post_worker_init(worker):
    """Elk proces zegt op /healthz/ready wanneer de server stopt."""
    from gehoor.bootstrap import readiness

    readiness.stops_when(lambda: _stops[0] == 1)
