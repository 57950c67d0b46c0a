"""Requests generated from the API's description, valid and invalid (schemathesis)."""

from __future__ import annotations

import asyncio
import shutil
import sys
from pathlib import Path

import pytest

from tests.web.conftest import ServiceHarness  # type: ignore[import-not-found]

PROGRAM = shutil.which("schemathesis", path=str(Path(sys.executable).parent))
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "unsupported_method",
)


@pytest.mark.skipif(PROGRAM is None, reason="schemathesis is not installed")
async def test_every_response_is_documented(
    harness: ServiceHarness,
    tmp_path: Path,
) -> None:
    run = await asyncio.create_subprocess_exec(
        str(PROGRAM),
        "run",
        f"{harness.address}/api/openapi.json",
        f"--url={harness.address}",
        f"--checks={','.join(CHECKS)}",
        "--max-examples=20",
        "--seed=1",
        "--no-color",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        cwd=tmp_path,
    )
    output, _ = await run.communicate()
    assert run.returncode == 0, output.decode()
