"""The paths and names in docs/architecture.md exist, and no package is missing from it."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "feedsvc"
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"[\w./-]*(?:/|\.(?:py|md|toml|yaml|json|css|service))")
ROW = re.compile(r"^\| (?!to change|package|---)([^|]+) \| ([^|]+)(?:\| [^|]+)?\|$", re.MULTILINE)
# `path` (`name`, `name`)
NAMES = re.compile(r"`([^`\n]+)` \(((?:`\w+`(?:, )?)+)\)")


def find(path: str) -> Path | None:
    return next((at for base in (PACKAGE, ROOT) if (at := base / path).exists()), None)


def test_every_path_exists() -> None:
    paths = {word for word in CODE.findall(PAGE) if PATH.fullmatch(word) and word[0] != "/"}
    assert len(paths) > 80
    assert sorted(path for path in paths if not find(path)) == []


def test_every_name_is_in_its_file() -> None:
    named = [(path, name) for path, names in NAMES.findall(PAGE) for name in CODE.findall(names)]
    assert len(named) > 8
    for path, name in named:
        file = find(path)
        assert file is not None, path
        assert re.search(rf"\b{name}\b", file.read_text(encoding="utf-8")), f"{name} in {path}"


def test_every_row_names_a_path() -> None:
    rows = ROW.findall(PAGE.partition("## To change X, open Y")[2])
    assert len(rows) > 50
    assert [what for what, where in rows if not CODE.search(where)] == []


def test_every_package_is_described() -> None:
    packages = {
        str(init.parent.relative_to(PACKAGE)) + "/"
        for init in (*PACKAGE.glob("*/__init__.py"), *PACKAGE.glob("*/*/__init__.py"))
    }
    assert sorted(packages - set(CODE.findall(PAGE))) == []


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"\]\(([\w-]+\.md)\)", (folder / "README.md").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(page.name for page in folder.glob("*.md"))[1:]
