"""What `feedsvc serve` prints when it cannot start."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path


def test_a_port_in_use_is_reported_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = subprocess.run(
            [sys.executable, "-m", "feedsvc", "serve", "--port", str(port)],
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    assert ended.returncode == 2
    assert ended.stderr == (f"feedsvc: port {port} is already in use; choose another with --port\n")
