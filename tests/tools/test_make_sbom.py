"""The bill of materials is complete, and every dependency is pinned."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
PIN = re.compile(r"^([a-z0-9-]+)==([^ \\]+)[^\n]*\n    --hash=sha256:[0-9a-f]{64}", re.MULTILINE)


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    found = importlib.util.spec_from_file_location("make_sbom", ROOT / "tools" / "make_sbom.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def bill(tool: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """The bill of materials of the test environment, named like a release."""
    environment = tmp_path_factory.mktemp("environment")
    (environment / "venv").symlink_to(sys.prefix)
    wheel = environment / "feedsvc-7.8.9-py3-none-any.whl"
    wheel.write_bytes(b"a wheel")
    bill = json.loads(tool.describe(environment))
    tool.name_release(bill, wheel)
    return bill


@pytest.mark.parametrize("name", sorted(path.name for path in ROOT.glob("requirements*.txt")))
def test_every_dependency_is_pinned_by_version_and_hash(name: str) -> None:
    text = (ROOT / name).read_text()
    starts = re.findall(r"^[a-z0-9][^\n]*", text, re.MULTILINE)
    assert len(PIN.findall(text)) == len(starts)
    assert len(starts) > 5
    assert "://" not in text


def test_the_release_has_its_version_and_hash(bill: dict) -> None:
    release = bill["metadata"]["component"]
    assert (release["name"], release["version"]) == ("feedsvc", "7.8.9")
    assert release["purl"] == "pkg:pypi/feedsvc@7.8.9"
    assert len(release["hashes"][0]["content"]) == 64


def test_every_dependency_is_listed_with_its_version(bill: dict) -> None:
    assert bill["bomFormat"] == "CycloneDX"
    listed = {part["purl"].split("?")[0] for part in bill["components"] if "purl" in part}
    (needs,) = (one for one in bill["dependencies"] if one["ref"] == "root-component")
    assert len(needs["dependsOn"]) > 10
    pinned = dict(PIN.findall((ROOT / "requirements.txt").read_text()))
    for name in ("aiohttp", "sqlalchemy", "feedgen", "prometheus-client"):
        assert f"pkg:pypi/{name}@{pinned[name]}" in listed
