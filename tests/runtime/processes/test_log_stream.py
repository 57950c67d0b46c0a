"""Several processes write long lines to one pipe."""

from __future__ import annotations

import subprocess
import sys

WRITE = """
import os, sys
from feedsvc.logs import flush_logs, set_up_logs
from feedsvc.runtime.processes.log_stream import SharedStream
import structlog
stream = SharedStream(sys.stderr)
children = []
for process in (1, 2, 3):
    child = os.fork()
    if not child:
        set_up_logs(level="info", form="json", stream=stream, process=process)
        log = structlog.get_logger("test")
        for number in range(40):
            log.info("a fact", text=str(process) * 20_000, number=number)
        flush_logs()
        os._exit(0)
    children.append(child)
for child in children:
    os.waitpid(child, 0)
"""


def test_no_line_is_torn_by_another_however_long_it_is() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", WRITE],
        capture_output=True,
        timeout=120,
        check=True,
    )
    lines = ended.stderr.decode().splitlines()
    assert len(lines) == 120
    for line in lines:
        process = line.partition('"process":')[2][0]
        assert line.count(process * 20_000) == 1
        assert len(line) < 20_300
