"""Limits requests per client with token buckets."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

ADDRESSES = 10_000


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled: float


class RateLimit:
    """`rate` requests a second on average, `burst` at once, for a bounded number of clients."""

    def __init__(self, *, rate: float, burst: int, timer: Callable[[], float]) -> None:
        self._rate = rate
        self._burst = burst
        self._timer = timer
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def spend(self, address: str) -> float:
        """Take one request from a client's bucket; return the seconds to wait, 0 if none."""
        bucket = self._fill(address)
        if bucket.tokens < 1:
            return (1 - bucket.tokens) / self._rate
        bucket.tokens -= 1
        return 0.0

    def _fill(self, address: str) -> _Bucket:
        now = self._timer()
        bucket = self._buckets.pop(address, None) or _Bucket(tokens=self._burst, filled=now)
        bucket.tokens = min(self._burst, bucket.tokens + (now - bucket.filled) * self._rate)
        bucket.filled = now
        self._buckets[address] = bucket
        if len(self._buckets) > ADDRESSES:
            # The client silent for longest probably has a full bucket again, like a new one.
            self._buckets.popitem(last=False)
        return bucket
