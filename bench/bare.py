"""The yardstick: a bare aiohttp application that answers one path with given bytes and headers.

    python -m bench.bare ANSWER PORT

ANSWER is a JSON file with `path`, `headers`, and `body`, the name of a file.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from aiohttp import web

# aiohttp writes these itself.
OWN = {"date", "content-length", "server", "content-type", "connection"}


def main() -> None:
    """Serve until the process is ended."""
    answer = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    body = Path(answer["body"]).read_bytes()
    headers = {name: value for name, value in answer["headers"].items() if name.lower() not in OWN}
    kind = answer["headers"]["Content-Type"].partition(";")[0]
    etag = next(value for name, value in headers.items() if name.lower() == "etag")

    async def reply(request: web.Request) -> web.Response:
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers=headers)
        return web.Response(body=body, content_type=kind, headers=headers)

    application = web.Application()
    application.router.add_get(answer["path"], reply)
    port = int(sys.argv[2])
    web.run_app(
        application, host="127.0.0.1", port=port, print=None, access_log=None, reuse_port=True
    )


if __name__ == "__main__":
    main()
