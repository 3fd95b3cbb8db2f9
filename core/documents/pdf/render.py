"""One function makes a paper. Typst runs in a process of its own, with a limit of time and of memory.

What people have written reaches the template as data and is set letter by letter: nothing in it is markup,
opens a file or asks another host.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.functional import Promise

from core.common.clock import today

from .printable import printable

TEMPLATES = Path(settings.BASE_DIR) / "templates" / "pdf"
PRESS = Path(__file__).with_name("press.py")
FONTS = Path(__file__).with_name("fonts")
MOST_DATA = 32 * 1024 * 1024
SECONDS = 30
MEMORY_MB = 2048


class PdfFailed(Exception):
    """The paper could not be made; the message is for the log and names no data."""


class PdfTooLarge(PdfFailed):
    """More data than a paper may have, or more memory than it may take."""


class PdfTooSlow(PdfFailed):
    """The time for the paper was over."""


def render_pdf(
    template: str,
    data: Mapping[str, Any],
    *,
    title: str,
    lang: str = "pl",
    author: str = "",
    on: date | None = None,
    seconds: float = SECONDS,
) -> bytes:
    """The paper of ``templates/pdf/<template>`` with ``data`` (anything JSON holds; dates, amounts and lazy
    texts become texts). ``title`` and ``author`` stand in the properties and on the first page, ``on`` is the
    day the paper is of (today). Raises PdfFailed, PdfTooLarge, PdfTooSlow.

    A paper of a few pages takes some tenths of a second; longer ones belong in a worker.
    """
    day = on or today()
    meta = {"title": title, "lang": lang, "author": author, "date": [day.year, day.month, day.day]}
    order = json.dumps(
        {
            "main": _path_of(template),
            "root": str(TEMPLATES),
            "fonts": str(FONTS),
            "memory_mb": MEMORY_MB,
            "seconds": seconds,
            "data": json.dumps(_plain(data), ensure_ascii=False),
            "meta": json.dumps(_plain(meta), ensure_ascii=False),
        },
        ensure_ascii=False,
    ).encode()
    if len(order) > MOST_DATA:
        raise PdfTooLarge(f"{template}: {len(order)} bytes of data")
    return _pressed(order, template, seconds)


def _path_of(template: str) -> str:
    path = (TEMPLATES / template).resolve()
    if not path.is_relative_to(TEMPLATES.resolve()) or not path.is_file():
        raise PdfFailed(f"{template}: no such template")
    return str(path)


def _pressed(order: bytes, template: str, seconds: float) -> bytes:
    command = [sys.executable, "-I", str(PRESS)]
    try:
        done = subprocess.run(command, input=order, capture_output=True, timeout=seconds, env={}, check=False)  # noqa: S603 - our own file
    except subprocess.TimeoutExpired as error:
        raise PdfTooSlow(f"{template}: not ready after {seconds} s") from error
    if done.returncode < 0:
        raise PdfTooLarge(f"{template}: ended by signal {-done.returncode}")
    if done.returncode:
        raise PdfFailed(f"{template}: {done.stderr.decode(errors='replace').strip()[-2000:]}")
    return done.stdout


def _plain(value: Any) -> Any:
    """The value as JSON holds it, every text in signs that the fonts can set."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, (str, Promise)):
        return printable(str(value))
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return [_plain(one) for one in value]
