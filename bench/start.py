"""Measures how long commands take to start: `feedsvc --help`, and `feedsvc check` of one file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bench.measure import (
    FEEDSVC,
    PYTHON_PASS,
    Row,
    interleaved,
    ratio,
    run,
    scratch,
    timed,
    write_corpus,
)


def measure(*, quick: bool) -> Iterator[Row]:
    """Both commands against a Python that does nothing."""
    with scratch() as place:
        write_corpus(place / "seeds", 12)
        check = (*FEEDSVC, "check", str(place / "seeds" / "000000.txt"))
        timed(check)  # what Python and the vocabulary keep in their caches is there now
        passed, helped, checked = interleaved(
            5 if quick else 21,
            partial(timed, PYTHON_PASS),
            partial(timed, (*FEEDSVC, "--help")),
            partial(timed, check),
        )
    against = f"`python -c pass`, {min(passed) * 1000:.0f} ms"
    yield Row(what="`feedsvc --help`", against=against, figure=ratio(helped, passed), at_most=12)
    yield Row(
        what="`feedsvc check` of one file",
        against=against,
        figure=ratio(checked, passed),
        at_most=25,
    )


if __name__ == "__main__":
    run(measure, __doc__)
