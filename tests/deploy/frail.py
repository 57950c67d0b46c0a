#!/opt/feedsvc/bin/python
"""The installed program with faults on demand: USR1 freezes its event loop, USR2 its watcher."""

import signal
import sys
import time

sys.path.insert(0, "/opt/feedsvc/src")

from feedsvc.cli import main
from feedsvc.services.ingest.folder import Folder


def freeze_loop(_number: int, _frame: object) -> None:
    time.sleep(600)


def freeze_watcher(_number: int, _frame: object) -> None:
    Folder.find = lambda _folder: time.sleep(600)


def break_watcher(_number: int, _frame: object) -> None:
    def fail(_folder: Folder) -> None:
        raise RuntimeError("the folder is cursed")

    Folder.find = fail


signal.signal(signal.SIGUSR1, freeze_loop)
signal.signal(signal.SIGUSR2, freeze_watcher)
signal.signal(signal.SIGRTMIN, break_watcher)
main(prog_name="feedsvc")
