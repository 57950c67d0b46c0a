"""Serves with as many processes as the settings say."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TextIO, cast

from feedsvc.logs import set_up_logs
from feedsvc.runtime.alone import Ready, serve_alone, set_up_and_warn, warn_about
from feedsvc.runtime.processes.cores import count_usable_cores
from feedsvc.runtime.processes.log_stream import SharedStream
from feedsvc.runtime.processes.parent import Parent
from feedsvc.runtime.processes.ports import open_ports
from feedsvc.runtime.service import Load
from feedsvc.runtime.systemd import inherited_sockets, notifier_from
from feedsvc.services.vocabulary import load_vocabulary
from feedsvc.settings import Loaded, Settings

# How long a thread that writes or labels may keep the event loop waiting; Python's 5 ms add up.
SWITCH_SECONDS = 0.001


def serve(load: Load, *, ready: Ready) -> int:
    """Serve until told to stop; return the exit status, 1 after a crash.

    `load` reads the settings, at the start and on every SIGHUP; `ready` is called once connections
    are accepted.

    Raises:
        SettingsError: The settings cannot be used.
        VocabularyError: The vocabulary cannot be used.
        DatabaseError: The store cannot be used.
        ListenError: The port cannot be opened.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    loaded = load()
    count = count_processes(loaded.settings)
    if count == 1:
        set_up_and_warn(loaded)
        vocabulary = load_vocabulary(loaded.settings.taxonomy_dir)
        return asyncio.run(serve_alone(loaded, vocabulary, load=load, ready=ready))
    return _serve_with_children(loaded, count=count, load=load, ready=ready)


def count_processes(settings: Settings) -> int:
    """How many processes serve."""
    return count_usable_cores() if settings.processes == "auto" else settings.processes


def _serve_with_children(loaded: Loaded, *, count: int, load: Load, ready: Ready) -> int:
    stream = cast("TextIO", SharedStream(sys.stderr))

    def announce(loaded: Loaded) -> None:
        level, form = loaded.settings.log_level, loaded.settings.log_format
        set_up_logs(level=level, form=form, stream=stream, background=False)
        warn_about(loaded)

    def prepare(number: int, settings: Settings) -> None:
        level, form = settings.log_level, settings.log_format
        set_up_logs(level=level, form=form, stream=stream, process=number)

    announce(loaded)
    vocabulary = load_vocabulary(loaded.settings.taxonomy_dir)
    pid = os.getpid()
    parent = Parent(
        loaded,
        vocabulary,
        count=count,
        ports=open_ports(
            loaded.settings, count=count, inherited=inherited_sockets(os.environ, pid=pid)
        ),
        notifier=notifier_from(os.environ, pid=pid),
        load=load,
        announce=announce,
        prepare=prepare,
        ready=ready,
    )
    return parent.run()
