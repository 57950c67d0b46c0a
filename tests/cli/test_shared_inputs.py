"""Real stories in every common layout, and whole pasted pages, are read right."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from subprocess import CompletedProcess
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

from feedsvc.cli import main

INPUTS = Path(__file__).resolve().parents[3] / "shared" / "inputs"
pytestmark = pytest.mark.skipif(
    not INPUTS.is_dir(), reason="the measures of reading are not beside this checkout"
)


# A measure leaves its files to be closed by the interpreter.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("measure", ["layouts", "pastes"])
def test_a_measure_of_reading_is_met(
    measure: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("sys.argv", [measure, "--", "feedsvc"])
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    script = _load(measure, monkeypatch)
    script.subprocess = SimpleNamespace(run=_run)
    assert script.main() == 0, capsys.readouterr().out


def _load(measure: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    spec = importlib.util.spec_from_file_location(measure, INPUTS / f"{measure}.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, measure, script)
    spec.loader.exec_module(script)
    return script


def _run(command: list[str], **_: object) -> CompletedProcess[str]:
    """Run the program in this process: a measure calls it some fifty times."""
    result = CliRunner().invoke(main, command[1:])
    return CompletedProcess(command, result.exit_code, result.stdout, result.stderr)
