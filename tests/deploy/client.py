"""Requests a path over and over, on a new connection each time, until a file appears.

Prints how many answers were right and each one that was not. Run by itself, on any Python.
"""

import http.client
import pathlib
import sys
import threading

port, path, stop, together = int(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3]), 4
good, bad = [], []


def ask() -> None:
    while not stop.exists():
        try:
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            link.request("GET", path)
            answer = link.getresponse()
            answer.read()
            (good if answer.status == 200 else bad).append(answer.status)
            link.close()
        except OSError as error:
            bad.append(repr(error))
        except http.client.HTTPException as error:
            bad.append(repr(error))


threads = [threading.Thread(target=ask) for _ in range(together)]
for one in threads:
    one.start()
for one in threads:
    one.join()
print(len(good), *bad)  # noqa: T201 - the result
