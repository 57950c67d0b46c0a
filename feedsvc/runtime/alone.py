"""Serves with this process alone, which is the usual way."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

import structlog

from feedsvc.domain.classify import Vocabulary
from feedsvc.logs import set_up_logs
from feedsvc.runtime.service import Load, open_service
from feedsvc.runtime.systemd import inherited_sockets, notifier_from
from feedsvc.settings import Loaded, Settings, find_suspicious
from feedsvc.web.metrics.meters import Meters
from feedsvc.web.server.listen import Listeners

Ready = Callable[[Settings], None]

log = structlog.get_logger("feedsvc.serve")


async def serve_alone(loaded: Loaded, vocabulary: Vocabulary, *, load: Load, ready: Ready) -> int:
    """Serve with this process until told to stop; return the exit status.

    The status is 1 if a background task crashed. `load` reads the settings again on SIGHUP; `ready`
    is called once connections are accepted.

    Raises:
        DatabaseError: The store cannot be used.
        ListenError: The port cannot be opened.
    """
    notifier = notifier_from(os.environ, pid=os.getpid())
    service = await open_service(
        loaded.settings,
        vocabulary,
        notifier=notifier,
        load=load,
        meters=Meters(),
        announce=set_up_and_warn,
    )

    def note_ready(addresses: Sequence[str]) -> None:
        notifier.send_ready()
        settings = service.instance.settings
        log.info("serving", addresses=list(addresses), base_url=settings.base_url)
        ready(settings)

    listeners = Listeners(main=inherited_sockets(os.environ, pid=os.getpid()))
    return await service.run(note_ready, listeners=listeners)


def set_up_and_warn(loaded: Loaded) -> None:
    """Log as the settings say, first of all what is odd about them."""
    settings = loaded.settings
    set_up_logs(level=settings.log_level, form=settings.log_format)
    warn_about(loaded)


def warn_about(loaded: Loaded) -> None:
    """Log what is odd about the settings."""
    for warning in (*loaded.notes, *find_suspicious(loaded.settings)):
        log.warning("suspicious setting", reason=warning)
