"""How many processors there are to use, with control groups of both versions."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from feedsvc.runtime.processes.cores import count_usable_cores


@pytest.fixture
def eight_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: set(range(8)))


def write_limit(folder: Path, **files: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("_", ".", 1)).write_text(text + "\n")


def test_without_limits_it_is_the_affinity(tmp_path: Path) -> None:
    assert count_usable_cores(cgroups=tmp_path, own=tmp_path / "none") == len(
        os.sched_getaffinity(0)
    )


@pytest.mark.usefixtures("eight_cores")
@pytest.mark.parametrize(
    ("quota", "cores"),
    [("max 100000", 8), ("200000 100000", 2), ("150000 100000", 2), ("1000 100000", 1)],
)
def test_a_limit_of_the_group_counts(tmp_path: Path, quota: str, cores: int) -> None:
    own = tmp_path / "cgroup"
    own.write_text("0::/system.slice/feedsvc.service\n")
    write_limit(tmp_path / "system.slice/feedsvc.service", cpu_max=quota)
    assert count_usable_cores(cgroups=tmp_path, own=own) == cores


@pytest.mark.usefixtures("eight_cores")
def test_the_lowest_limit_of_all_groups_above_counts(tmp_path: Path) -> None:
    own = tmp_path / "cgroup"
    own.write_text("0::/system.slice/feedsvc.service\n")
    write_limit(tmp_path / "system.slice/feedsvc.service", cpu_max="400000 100000")
    write_limit(tmp_path / "system.slice", cpu_max="300000 100000")
    assert count_usable_cores(cgroups=tmp_path, own=own) == 3


@pytest.mark.usefixtures("eight_cores")
@pytest.mark.parametrize(("quota", "cores"), [("250000", 3), ("-1", 8)])
def test_limits_of_version_1_count(tmp_path: Path, quota: str, cores: int) -> None:
    own = tmp_path / "cgroup"
    own.write_text("4:cpu,cpuacct:/docker/a\n3:memory:/docker/a\n")
    write_limit(tmp_path / "cpu/docker/a", cpu_cfs_quota_us=quota, cpu_cfs_period_us="100000")
    assert count_usable_cores(cgroups=tmp_path, own=own) == cores
