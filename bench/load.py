"""Puts a server under load: 32 connections, each sending a request after each answer."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from urllib.parse import urlsplit

CONNECTIONS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What a server did under load: requests a second, and 99 in 100 answers within `p99` s."""

    rate: float
    p99: float


def load_of(url: str, *, seconds: float, headers: dict[str, str] | None = None) -> Load:
    """Keep 32 connections busy for some seconds, each sending a request after each answer.

    Uses wrk if it is installed, else our own clients in a process each, which need as much time
    as the server does: ratios come out nearer to 1 then.
    """
    if shutil.which("wrk"):
        return _load_by_wrk(url, seconds=seconds, headers=headers or {})
    return _load_by_sockets(url, seconds=seconds, headers=headers or {})


def load_generator() -> str:
    """What puts servers under load, in words."""
    return "wrk, one thread" if shutil.which("wrk") else "our own clients in two processes"


def _load_by_wrk(url: str, *, seconds: float, headers: dict[str, str]) -> Load:
    given = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s", "--latency", *given, url]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    rate = p99 = 0.0
    for text in ended.stdout.splitlines():
        words = text.split()
        if words[:1] == ["Requests/sec:"]:
            rate = float(words[1])
        elif words[:1] == ["99%"]:
            p99 = _seconds(words[1])
        elif "Non-2xx" in text or "Socket errors" in text:
            raise RuntimeError(f"{url}: {text.strip()}")
    return Load(rate=rate, p99=p99)


def _seconds(text: str) -> float:
    for unit, factor in (("us", 1e-6), ("ms", 1e-3), ("s", 1.0), ("m", 60.0)):
        if text.endswith(unit):
            return float(text.removesuffix(unit)) * factor
    raise ValueError(text)


def _load_by_sockets(url: str, *, seconds: float, headers: dict[str, str]) -> Load:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(_clients, url, seconds, headers, CONNECTIONS // 2) for _ in range(2)]
        took = sorted(one for job in jobs for one in job.result())
    return Load(rate=len(took) / seconds, p99=took[len(took) * 99 // 100])


def _clients(url: str, seconds: float, headers: dict[str, str], number: int) -> list[float]:
    return asyncio.run(_send_all(url, seconds, headers, number))


async def _send_all(url: str, seconds: float, headers: dict[str, str], number: int) -> list[float]:
    end = time.perf_counter() + seconds
    took: list[float] = []
    await asyncio.gather(*(_send(url, end, headers, took) for _ in range(number)))
    return took


async def _send(url: str, end: float, headers: dict[str, str], took: list[float]) -> None:
    parts = urlsplit(url)
    fields = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    request = f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n{fields}\r\n".encode()
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    while (began := time.perf_counter()) < end:
        writer.write(request)
        answer = await reader.readuntil(b"\r\n\r\n")
        if not answer.startswith((b"HTTP/1.1 200", b"HTTP/1.1 304")):
            raise RuntimeError(f"{url}: {answer[:40]!r}")
        length = answer.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        if length and not answer.startswith(b"HTTP/1.1 304"):
            await reader.readexactly(int(length))
        took.append(time.perf_counter() - began)
    writer.close()
