"""Says in the log what became of a seed."""

from __future__ import annotations

import structlog

from feedsvc.services.ingest.steps import Bad, Good
from feedsvc.store.transaction import Ingested

log = structlog.get_logger("feedsvc.ingest")


def tell(step: Good | Bad, outcome: Ingested | None) -> None:
    """One line a seed, and one for each of its problems; `outcome` is what storing did."""
    if isinstance(step, Good) and outcome is not None:
        reading = step.good.reading
        log.info(
            "seed accepted",
            seed=reading.path,
            encoding=reading.encoding,
            entries=len(step.good.drafts),
            new=outcome.new,
            edited=outcome.edited + outcome.joined,
            seen=outcome.seen,
            gone=outcome.gone,
        )
        for line, reason in reading.problems:
            log.warning("seed has a problem", seed=reading.path, line=line, reason=reason)
    elif isinstance(step, Bad):
        reading = step.bad.reading
        log.warning("seed rejected", seed=reading.path, line=reading.line, reason=reading.reason)
