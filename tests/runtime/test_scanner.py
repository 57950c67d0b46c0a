"""When the service labels everything again."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from structlog.testing import capture_logs

from feedsvc.cli import main
from feedsvc.domain.classify import Classifier, Vocabulary
from feedsvc.runtime.heartbeat import Heartbeat
from feedsvc.runtime.scanner import Scanner
from feedsvc.services.relabel import Provenance, store_provenance, stored_provenance
from feedsvc.services.vocabulary import load_vocabulary
from feedsvc.settings import Settings
from feedsvc.store.writer import open_writer
from tests.builders import T0

VOCABULARY = load_vocabulary()
CHANGED = replace(VOCABULARY, fingerprint="1:changed")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/a.txt").write_text("Rain in Kenya\n\nIt rained for two days.\n")
    return Settings(
        seeds_dir=tmp_path / "seeds",
        database_url=f"sqlite+aiosqlite:///{tmp_path}/feedsvc.db",
        settle_seconds=0,
    )


async def scan(settings: Settings, vocabulary: Vocabulary = VOCABULARY) -> list[str]:
    """What a new process logs about labels in its first scan."""
    label = Classifier(vocabulary).classify
    async with open_writer(settings.database_url, label=label, now=T0) as writer:
        with capture_logs() as lines:
            await Scanner(settings, vocabulary, writer, heartbeat=Heartbeat()).scan()
        assert (await stored_provenance(writer)).labels == vocabulary.fingerprint
    return [line["event"] for line in lines if line["event"].startswith("relabelling")]


RELABELLED = ["relabelling starts", "relabelling is done"]


async def test_a_restart_labels_nothing_again(settings: Settings) -> None:
    assert await scan(settings) == []
    assert await scan(settings) == []


async def test_a_changed_vocabulary_labels_everything_again_once(settings: Settings) -> None:
    assert await scan(settings) == []
    assert await scan(settings, CHANGED) == RELABELLED
    assert await scan(settings, CHANGED) == []


async def test_a_changed_setting_reads_files_again_but_labels_nothing(settings: Settings) -> None:
    await scan(settings)
    assert await scan(settings.model_copy(update={"rolling": True})) == []


async def test_a_database_of_the_version_before_is_labelled_again_once(settings: Settings) -> None:
    await scan(settings)
    async with open_writer(settings.database_url, label=lambda _: (), now=T0) as writer:
        await store_provenance(writer, Provenance("0123abcd", "rolling=False"))
    assert await scan(settings) == RELABELLED
    assert await scan(settings) == []


def run(settings: Settings, *command: str) -> None:
    flags = ("--database-url", settings.database_url, "--log-level", "error")
    done = CliRunner().invoke(main, [*command, *flags])
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("ingest", [True, False])
def test_what_the_command_line_has_labelled_is_not_labelled_again(
    settings: Settings, *, ingest: bool
) -> None:
    if ingest:
        run(settings, "ingest", str(settings.seeds_dir), "--seeds-dir", str(settings.seeds_dir))
    else:
        asyncio.run(scan(settings, CHANGED))
        run(settings, "relabel")
    assert asyncio.run(scan(settings)) == []
