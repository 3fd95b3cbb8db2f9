"""Log lines as JSON, without the people they speak of."""

import json
import logging
import re

MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
LONG_DIGITS = re.compile(r"\b\d{9,}\b")
TOKEN = re.compile(r"(?i)(token|password|haslo|klucz|code)=[^&\s\"']+")


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
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return without_people(json.dumps(line, ensure_ascii=False, default=str))
