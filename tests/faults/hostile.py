"""Hostile clients in a process of their own, which prints at its end what they were answered.

    python -m tests.faults.hostile ATTACK PORT CLIENTS

They go on until SIGTERM.
"""

from __future__ import annotations

import asyncio
import json
import re
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.running import PATIENCE_SECONDS

ROOT = Path(__file__).parents[2]
# Prefixes that match most entries, each time without another word, so that no answer is in memory.
PREFIXES = "e* t* a* i* o* n* s* h* r* d* l*"
BROWSER = "Accept: text/html\r\nUser-Agent: Mozilla/5.0\r\n"
PAUSE_SECONDS = 0.05

Client = Callable[[int, int, Counter[str]], Awaitable[None]]


async def ask(port: int, path: str, answers: Counter[str], *, fields: str = "") -> None:
    """Send a request on a new connection, read the answer to its end, and count its status."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        answers["not connected"] += 1
        await asyncio.sleep(PAUSE_SECONDS)
        return
    try:
        writer.write(
            f"GET {path} HTTP/1.1\r\nHost: a\r\n{fields}Connection: close\r\n\r\n".encode()
        )
        head = await reader.readline()
        while await reader.read(65536):
            pass
        answers[head.split(b" ")[1].decode() if head else "closed"] += 1
    except OSError:
        answers["reset"] += 1
    finally:
        writer.close()


async def send_bombs(port: int, number: int, answers: Counter[str]) -> None:
    """Ask one costly query after another."""
    for turn in range(10**9):
        query = quote(f"{PREFIXES} -not{number}x{turn}", safe="")
        await ask(port, f"/feeds/query.atom?q={query}", answers)


async def search_nonsense(port: int, number: int, answers: Counter[str]) -> None:
    """Ask for searches that cannot be understood."""
    for turn in range(10**9):
        await ask(port, f"/search?q=%22{number}x{turn}", answers, fields=BROWSER)


async def get_lost(port: int, number: int, answers: Counter[str]) -> None:
    """Ask as a browser for pages that do not exist, with names that resemble others."""
    for turn in range(10**9):
        await ask(port, f"/topics/labuor-{number}x{turn}", answers, fields=BROWSER)


async def read_entries(port: int, number: int, answers: Counter[str]) -> None:
    """Ask for the pages of entries."""
    ids = await _list_entries(port)
    for turn in range(10**9):
        await ask(port, f"/entries/{ids[(number * 7 + turn) % len(ids)]}", answers)


async def _list_entries(port: int) -> list[str]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /feeds/all.json HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    found = re.findall(rb'"urn:uuid:([0-9a-f-]{36})"', await reader.read())
    writer.close()
    return [one.decode() for one in found]


async def read_status(port: int, _number: int, answers: Counter[str]) -> None:
    """Ask for the status of all files, as a page and as JSON."""
    while True:
        await ask(port, "/status", answers)
        await ask(port, "/api/v1/seeds?limit=500", answers)


async def download(port: int, _number: int, answers: Counter[str]) -> None:
    """Download the largest feed again and again."""
    while True:
        await ask(port, "/feeds/all.json", answers)


async def stay_idle(port: int, _number: int, answers: Counter[str]) -> None:
    """Hold a connection and send nothing; open another one once it is closed."""
    while True:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            answers["held"] += 1
            await reader.read()
            writer.close()
        except OSError:
            answers["not connected"] += 1
        await asyncio.sleep(PAUSE_SECONDS)


async def read_slowly(port: int, number: int, answers: Counter[str]) -> None:
    """Ask for archive pages of the feed of all entries, and read a few bytes a second of each."""
    loop = asyncio.get_running_loop()
    while True:
        link = socket.socket()
        link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        link.setblocking(False)  # noqa: FBT003 - the call is the library's
        try:
            await loop.sock_connect(link, ("127.0.0.1", port))
            path = f"/feeds/all/archive/{1 + number % 20}.json"
            await loop.sock_sendall(link, f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
            got = await loop.sock_recv(link, 64)
            answers[got.split(b" ")[1].decode() if got else "closed"] += 1
            while got:
                await asyncio.sleep(1)
                got = await loop.sock_recv(link, 64)
        except OSError:
            answers["reset"] += 1
        finally:
            link.close()
        await asyncio.sleep(PAUSE_SECONDS)


ATTACKS: dict[str, Client] = {
    "bombs": send_bombs,
    "nonsense": search_nonsense,
    "lost": get_lost,
    "entries": read_entries,
    "status": read_status,
    "download": download,
    "idle": stay_idle,
    "slow": read_slowly,
}


async def attack(name: str, port: int, clients: int) -> Counter[str]:
    """Attack until SIGTERM; return what was answered, by status."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    answers: Counter[str] = Counter()
    tasks = [asyncio.create_task(ATTACKS[name](port, n, answers)) for n in range(clients)]
    await stop.wait()
    for task in tasks:
        if task.done():
            task.result()  # none ends without an error
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return answers


@dataclass
class Attack:
    """What hostile clients were answered, by status, once they have ended."""

    answers: dict[str, int] = field(default_factory=dict)


@contextmanager
def attacking(name: str, port: int, clients: int) -> Iterator[Attack]:
    """Attack from another process during the block."""
    found = Attack()
    command = [sys.executable, "-m", "tests.faults.hostile", name, str(port), str(clients)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    try:
        yield found
    finally:
        process.terminate()
        printed, _ = process.communicate(timeout=PATIENCE_SECONDS)
        with suppress(ValueError):  # it had not started yet
            found.answers = json.loads(printed)


def main(name: str, port: str, clients: str) -> None:
    answers: Any = asyncio.run(attack(name, int(port), int(clients)))
    print(json.dumps(answers))  # noqa: T201 - the answer to the other process


if __name__ == "__main__":
    main(*sys.argv[1:])
