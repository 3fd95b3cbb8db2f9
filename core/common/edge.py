"""The moment at which a request arrived: what decides whether somebody was in time."""

import re
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

from .clock import now

STAMP = re.compile(r"t=([0-9]{10})\.([0-9]{3})")
# Clocks of two machines differ a little; a request waits at most as long as nginx waits for its answer.
AHEAD = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=5)


def received_at(request: HttpRequest) -> datetime:
    """When the last byte of the request reached our edge, however long it then waited in the queue.

    In the last seconds before a deadline the queue may be longer than the time that is left. nginx writes
    the moment into a header and replaces what a browser may have sent under its name; without a proxy of
    ours, or with a stamp that cannot be right, it is the present moment.
    """
    present = now()
    stamp = STAMP.fullmatch(request.headers.get("X-Request-Start", ""))
    if not stamp or not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return present
    arrived = datetime.fromtimestamp(int(stamp[1]), tz=UTC) + timedelta(milliseconds=int(stamp[2]))
    return arrived if present - LONGEST_WAIT <= arrived <= present + AHEAD else present
