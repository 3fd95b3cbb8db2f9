"""Log lines are JSON and speak of nobody."""

import json
import logging

import pytest
import structlog

from core.common.logs import JsonFormatter, without_people, without_visitor


def line(record: logging.LogRecord) -> dict:
    return json.loads(JsonFormatter().format(record))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mail to anna.nowak@ngo.example failed", "mail to <adres> failed"),
        ("konto 61109010140000071219812874", "konto <numer>"),
        ("/konto/?token=abc123&x=1", "/konto/?token=<ukryte>&x=1"),
        ("oferta 2026/17 przyjęta", "oferta 2026/17 przyjęta"),
    ],
)
def test_people_are_masked(text, expected):
    assert without_people(text) == expected


@pytest.mark.parametrize(
    ("request_line", "expected"),
    [
        ("GET /szukaj/?q=Anna+Nowak", "GET /szukaj/"),
        ("GET /konkursy/12-sport-dla-wszystkich/", "GET /konkursy/12-sport-dla-wszystkich/"),
        ("GET /konto/haslo/3-cq7x9a-0123456789abcdef0123456789abcdef/", "GET /konto/haslo/<klucz>/"),
        ("GET /kalendarz/sXk9_q-LmN2pQ.ics", "GET /kalendarz/<klucz>"),
    ],
)
def test_requests_are_logged_without_keys_and_searches(request_line, expected):
    event = {"event": "request_started", "request": request_line, "user_agent": "Firefox"}
    assert without_visitor(None, "info", event) == {"event": "request_started", "request": expected}


def test_event_of_structlog_becomes_one_line_of_json(caplog):
    with caplog.at_level(logging.INFO, logger="portal.test"):
        structlog.get_logger("portal.test").info("request_finished", code=200, request="GET /?q=x")
    assert line(caplog.records[-1]) | {"at": ""} == {
        "at": "",
        "level": "INFO",
        "logger": "portal.test",
        "event": "request_finished",
        "code": 200,
        "request": "GET /",
    }


def test_traceback_has_no_values_of_variables(caplog):
    secret = "Anna Nowak, ul. Długa 1"
    try:
        raise LookupError("nie ma")
    except LookupError:
        structlog.get_logger("portal.test").exception("request_failed")
    text = JsonFormatter().format(caplog.records[-1])
    assert "LookupError: nie ma" in text
    assert secret not in text
    assert "\n" not in text


@pytest.mark.django_db
def test_a_visit_leaves_no_trace_of_what_was_searched(client, caplog):
    with caplog.at_level(logging.INFO):
        client.get("/zdrowie/zyje/?q=Anna+Nowak", headers={"user-agent": "Osobliwa przeglądarka"})
    text = "\n".join(JsonFormatter().format(record) for record in caplog.records)
    assert "GET /zdrowie/zyje/" in text
    assert "Nowak" not in text
    assert "Osobliwa" not in text
