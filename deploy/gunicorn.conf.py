"""Gehoor met gunicorn, altijd achter een proxy die verzoeken eerst helemaal ontvangt (nginx.conf, Caddyfile):

gunicorn --config gunicorn.conf.py gehoor.wsgi:app
"""

bind = "127.0.0.1:8000"
workers = 2
worker_class = "gthread"
# Meer dan er tegelijk beantwoord worden: wie traag verstuurt, houdt een thread bezet, en verder niemand.
threads = 32
# Wat bezig is bij het stoppen, krijgt zoveel seconden.
graceful_timeout = 20
# Geen adressen van bezoekers.
accesslog = None
