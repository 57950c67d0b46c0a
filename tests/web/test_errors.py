"""Plain-text errors say what is wrong and keep only the headers they need."""

from __future__ import annotations

import pytest

from feedsvc.web.errors import respond_with_error


def test_an_error_names_its_status_and_the_reason() -> None:
    response = respond_with_error(429)
    assert response.text == "429 Too Many Requests: too many requests; try again later.\n"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.content_type == "text/plain"


def test_a_reason_replaces_the_usual_one() -> None:
    assert respond_with_error(400, reason="unknown region").text == (
        "400 Bad Request: unknown region.\n"
    )


def test_a_status_without_a_reason_is_its_phrase() -> None:
    assert respond_with_error(418).text == "418 I'm a Teapot.\n"


@pytest.mark.parametrize("name", ["Allow", "Retry-After", "Location", "Vary"])
def test_headers_that_a_status_needs_are_kept(name: str) -> None:
    response = respond_with_error(405, {name: "x", "Set-Cookie": "a=b"})
    assert response.headers[name] == "x"
    assert "Set-Cookie" not in response.headers
