"""Starts nginx on loopback: with the sample configuration, or serving a file."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.measure import ROOT, started

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
SCRATCH = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@contextmanager
def sample_proxy(place: Path, *, port: int, upstream: str, path: str) -> Iterator[str]:
    """The sample configuration in front of a service; gives the URL of a path through it."""
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for given, used in (
        ("/var/cache/nginx/feedsvc", str(place / "cache")),
        ("127.0.0.1:8080", upstream),
        ("listen 80;", f"listen 127.0.0.1:{port};"),
    ):
        if text.count(given) != 1:
            raise RuntimeError(f"deploy/nginx.conf does not have {given!r} once")
        text = text.replace(given, used)
    with _running(place, text, url=f"http://127.0.0.1:{port}/news{path}") as url:
        yield url


@contextmanager
def file_server(place: Path, *, port: int, file: Path) -> Iterator[str]:
    """Serves a file; gives its URL."""
    text = f"server {{ listen 127.0.0.1:{port}; root {file.parent}; }}"
    with _running(place, text, url=f"http://127.0.0.1:{port}/{file.name}") as url:
        yield url


@contextmanager
def _running(place: Path, server: str, *, url: str) -> Iterator[str]:
    place.mkdir()
    user = "user root;" if os.geteuid() == 0 else ""
    temporary = "".join(f"{name}_temp_path {place}/{name};" for name in SCRATCH)
    config = place / "nginx.conf"
    config.write_text(
        f"daemon off; worker_processes 1; {user} pid {place}/nginx.pid; "
        f"error_log {place}/error.log; events {{}} "
        f"http {{ access_log off; sendfile on; {temporary} {server} }}",
        encoding="utf-8",
    )
    command = [str(NGINX), "-p", str(place), "-c", str(config), "-e", str(place / "error.log")]
    with started(command, url=url):
        yield url
