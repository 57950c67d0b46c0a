"""Sockets for several processes on one port, and what stands in the way of opening it."""

from __future__ import annotations

import socket

import pytest

from feedsvc.web.server.listen import ListenError, bind_port


def close(*rows: tuple[socket.socket, ...]) -> None:
    for row in rows:
        for one in row:
            one.close()


def test_copies_share_a_port_and_each_gets_connections() -> None:
    rows = bind_port("127.0.0.1", 0, setting="port", copies=2)
    (address,) = {row[0].getsockname() for row in rows}
    for (one,) in rows:
        one.listen(64)
    clients = [socket.create_connection(address, timeout=10) for _ in range(32)]
    accepted = [_count_waiting(one) for (one,) in rows]
    close(tuple(clients), *rows)
    assert sum(accepted) == 32
    assert all(accepted)


@pytest.mark.parametrize("copies", [1, 2])
def test_a_port_that_somebody_listens_on_cannot_be_shared_with_them(copies: int) -> None:
    rows = bind_port("127.0.0.1", 0, setting="port", copies=2)
    port = rows[0][0].getsockname()[1]
    rows[0][0].listen()
    with pytest.raises(ListenError, match=f"^port {port} is already in use$") as caught:
        bind_port("127.0.0.1", port, setting="metrics_port", copies=copies)
    close(*rows)
    assert caught.value.setting == "metrics_port"


def test_an_address_of_another_machine_is_an_error_about_the_host() -> None:
    reason = r"^cannot listen on http://192\.0\.2\.1:0: Cannot assign"
    with pytest.raises(ListenError, match=reason) as caught:
        bind_port("192.0.2.1", 0, setting="port", copies=2)
    assert caught.value.setting == "host"


def test_an_unknown_host_is_an_error_about_the_host() -> None:
    with pytest.raises(
        ListenError, match=r"^cannot listen on http://nowhere\.invalid:80: "
    ) as caught:
        bind_port("nowhere.invalid", 80, setting="port")
    assert caught.value.setting == "host"


def _count_waiting(listener: socket.socket) -> int:
    count = 0
    try:
        while True:
            listener.accept()[0].close()
            count += 1
    except BlockingIOError:
        return count
