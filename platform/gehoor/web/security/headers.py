"""The headers that keep every answer safe in a browser, whatever part of the application it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_SAFE: Final = (
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    # Other sites are told nothing. With less than this, a form would not say that it comes from this site.
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
)
_ONLY_HTTPS: Final = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
"""For a year, a browser that came here over HTTPS comes no other way."""
_NOT_KEPT: Final = ("Cache-Control", "no-store")


class SafeHeaders:
    """Adds the headers that an answer does not have of its own. What is not the same for everyone is never kept by a
    browser or proxy: only what lies under ``static_path`` may be, unless it is a page that says why not."""

    def __init__(self, app: WSGIApplication, *, static_path: str, https: bool) -> None:
        self._app = app
        self._static = f"{static_path}/"
        self._added = {
            name.lower(): (name, value) for name, value in (*_SAFE, *([_ONLY_HTTPS] if https else []))
        }

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        static = environ.get("PATH_INFO", "").startswith(self._static)

        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            own = {name.lower(): value for name, value in headers}
            headers += [header for name, header in self._added.items() if name not in own]
            if not static or own.get("content-type", "").startswith("text/html"):
                if "cache-control" in own:
                    headers = [header for header in headers if header[0].lower() != "cache-control"]
                headers.append(_NOT_KEPT)
            return start_response(status, headers, *error)

        return self._app(environ, start)
