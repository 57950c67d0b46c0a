"""Serving prepares the process before anything else."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from feedsvc.runtime.processes.start import SWITCH_SECONDS, serve
from feedsvc.settings import Loaded, SettingsError


@pytest.fixture
def usual_interval() -> Iterator[float]:
    usual = sys.getswitchinterval()
    yield usual
    sys.setswitchinterval(usual)


def test_threads_of_a_service_give_way_sooner_than_usual(usual_interval: float) -> None:
    def refuse() -> Loaded:
        raise SettingsError("unknown setting X")

    with pytest.raises(SettingsError):
        serve(refuse, ready=lambda _settings: None)
    assert sys.getswitchinterval() == pytest.approx(SWITCH_SECONDS)
    assert usual_interval > SWITCH_SECONDS
