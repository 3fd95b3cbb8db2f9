"""Log lines as JSON, without the people they speak of."""

import json
import logging
import re
from collections.abc import MutableMapping
from typing import Any

import structlog

MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
LONG_DIGITS = re.compile(r"\b\d{9,}\b")
TOKEN = re.compile(r"(?i)(token|password|haslo|klucz|code)=[^&\s\"']+")
# Our addresses are lower-case words; a part with a capital or a long run of signs is somebody's key.
KEY_IN_PATH = re.compile(r"(?<=/)[\w:.=-]*(?:[A-Z]|[a-z0-9]{24,})[\w:.=-]*")


def configure() -> None:
    """Sends structlog's events through the logging of the standard library, as dictionaries."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.contextvars.merge_contextvars,
            without_visitor,
            # a plain traceback: the pretty one prints the values of variables, and those are people's data
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def without_visitor(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The request without what was searched for, without keys in its address and without the browser's name."""
    event.pop("user_agent", None)
    if isinstance(event.get("request"), str):
        event["request"] = KEY_IN_PATH.sub("<klucz>", event["request"].partition("?")[0])
    return event


def without_people(text: str) -> str:
    """The text with mail addresses, long numbers (phones, PESEL, accounts) and tokens masked."""
    text = MAIL.sub("<adres>", text)
    text = TOKEN.sub(r"\1=<ukryte>", text)
    return LONG_DIGITS.sub("<numer>", text)


class JsonFormatter(logging.Formatter):
    """One line of JSON per event; works for structlog's events and the standard library's."""

    def format(self, record: logging.LogRecord) -> str:
        event = record.msg if isinstance(record.msg, dict) else {"event": record.getMessage()}
        line = {"at": self.formatTime(record), "level": record.levelname, "logger": record.name, **event}
        if record.name.startswith("django.") and isinstance(line.get("event"), str):
            line["event"] = KEY_IN_PATH.sub("<klucz>", line["event"])  # »Forbidden (…): /path/key/«
        if record.exc_info and "exception" not in event:
            line["traceback"] = self.formatException(record.exc_info)
        return without_people(json.dumps(line, ensure_ascii=False, default=str))
