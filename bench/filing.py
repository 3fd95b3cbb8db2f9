"""The last ten seconds of an intake: 500 offers and 50 second clicks on the real web server, then the same with faults.

The client writes the stamp that nginx would write: the moment it had sent the whole request.
"""

import http.client
import os
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from competitions import law
from competitions.enums import OfferState
from competitions.models import Call, Offer, OfferSection, OfferVersion
from core.accounts.models import User
from core.common.clock import now, today
from demo import offers as demo
from local.postgres import Postgres
from organizations.enums import MandateRole, Manner
from organizations.models import Dossier, Mandate

from .report import Line

OFFERS = 500
SECOND_CLICKS = 50
LATE = 25
SPAN_S = 10
LONGEST_WAIT_S = 30
TOKEN = "b" * 32
ANSWERED = (302, 409)


@dataclass
class Told:
    """What one click was answered: 302 the receipt, 409 a reason, 503 »not filed«, 0 nothing at all."""

    offer: int
    is_punctual: bool
    status: int
    waited: float


@dataclass
class Rush:
    """One call about to close, its drafts, and who may file them."""

    port: int
    offers: list[int]
    cookie: str
    closes_at: float
    told: list[Told] = field(default_factory=list)

    def click(self, offer: int, at: float) -> None:
        """One press of the button at a moment; the answer is written down."""
        time.sleep(max(0.0, at - time.time()))
        sent = time.time()
        status = self.post(offer, sent)
        self.told.append(Told(offer, sent < self.closes_at, status, time.time() - sent))

    def post(self, offer: int, stamp: float) -> int:
        body = urlencode([("csrfmiddlewaretoken", TOKEN), *(("statement", s) for s in demo.STATEMENTS)])
        headers = {
            "Cookie": self.cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Request-Start": f"t={stamp:.3f}",
        }
        web = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST_WAIT_S * 4)
        try:
            web.request("POST", reverse("competitions:offer_file", args=[offer]), body, headers)
            return web.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            web.close()


def measure(port: int, web: subprocess.Popen, postgres: Postgres) -> Iterator[list[Line]]:
    """First the rush alone, then with a worker killed and the database restarted in the middle of it."""
    yield report("500 filings in 10 s", run(port, lambda: None), has_faults=False)
    faulty = run(port, lambda: fail(web, postgres))
    yield report("the same, worker killed, database restarted", faulty, has_faults=True)


def run(port: int, faults: Callable[[], None]) -> Rush:
    rush = prepare(port)
    start = rush.closes_at - SPAN_S
    moments = [start + SPAN_S * n / (OFFERS - LATE) for n in range(OFFERS - LATE)]
    moments += [rush.closes_at + 0.05 * (n + 1) for n in range(LATE)]
    clicks = list(zip(rush.offers, moments, strict=True))
    clicks += [(offer, at + 0.15) for offer, at in clicks[:: OFFERS // SECOND_CLICKS]]
    breaker = threading.Timer(max(0.0, start + SPAN_S / 3 - time.time()), faults)
    breaker.start()
    # a thread for every click: nobody waits for another browser before pressing the button
    with ThreadPoolExecutor(len(clicks)) as pool:
        list(pool.map(lambda click: rush.click(*click), sorted(clicks, key=lambda click: click[1])))
    breaker.join()
    return rush


def prepare(port: int) -> Rush:
    """A call that closes with a minute at least 25 seconds ahead, and drafts of one organisation in it."""
    call = Call.objects.get(title__startswith="Krakowska Akademia")
    person = User.objects.get(email="ngo@example.org")
    Call.objects.filter(pk=call.pk).update(offers_per_applicant=None, offers_due_at=now() + timedelta(days=1))
    call.refresh_from_db()
    held = Mandate.objects.in_force(today()).filter(user=person, role=MandateRole.NGO_REPRESENTATIVE)
    organization = held.earliest("pk").organization
    # one signature files: two together would file nothing with one click
    Dossier.objects.filter(organization=organization).update(manner=Manner.ALONE, manner_count=1)
    # what a run before has left as a draft is not begun again
    Offer.objects.filter(call=call, state=OfferState.DRAFT).update(updated_at=now() + timedelta(seconds=1))
    first = demo.write(call, organization, "youth", 42000, by=person, at=now())
    drafts = [first.pk, *copies(first, OFFERS - 1)]
    due = (now() + timedelta(seconds=25)).replace(second=0, microsecond=0)
    Call.objects.filter(pk=call.pk).update(offers_due_at=due)
    browser = Client()
    browser.force_login(person)
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
    connections.close_all()
    return Rush(port, drafts, cookie, law.closes_at(due).timestamp())


def copies(offer: Offer, count: int) -> list[int]:
    """Drafts like one that was written by the real actions."""
    sections = list(offer.sections.all())
    columns = [column.attname for column in Offer._meta.concrete_fields if not column.primary_key]
    values = {name: getattr(offer, name) for name in columns}
    made = [row.pk for row in Offer.objects.bulk_create(Offer(**values) for _n in range(count))]
    OfferSection.objects.bulk_create(
        OfferSection(offer_id=pk, key=s.key, content=s.content, saved_at=s.saved_at)
        for pk in made
        for s in sections
    )
    return made


def fail(web: subprocess.Popen, postgres: Postgres) -> None:
    """Kills one worker of the web server, then the database at once, and starts it again."""
    with open(f"/proc/{web.pid}/task/{web.pid}/children") as children:  # noqa: PTH123 - a kernel's file
        os.kill(int(children.read().split()[0]), signal.SIGKILL)
    time.sleep(2)
    server = postgres.process
    if server is not None:
        server.send_signal(signal.SIGQUIT)
        server.wait()
    postgres.process = None
    postgres.start()


def report(what: str, rush: Rush, *, has_faults: bool) -> list[Line]:
    connection.close()
    states = dict(Offer.objects.filter(pk__in=rush.offers).values_list("pk", "state"))
    versions = Counter(OfferVersion.objects.filter(offer__in=rush.offers).values_list("offer", flat=True))
    numbers = list(
        Offer.objects.filter(pk__in=rush.offers).exclude(number="").values_list("number", flat=True)
    )
    filed = {pk for pk, state in states.items() if state == OfferState.SUBMITTED}
    receipts = {told.offer for told in rush.told if told.status == 302}
    wrong = [t for t in rush.told if t.status == 409 and t.is_punctual]
    late_in = [
        t for t in rush.told if t.status == 302 and not t.is_punctual and not first_was_punctual(rush, t)
    ]
    half = [pk for pk in rush.offers if (pk in filed) != (versions[pk] == 1)]
    unanswered = [t for t in rush.told if t.status not in ANSWERED]
    statuses = ", ".join(
        f"{n}× {status or 'no answer'}" for status, n in Counter(t.status for t in rush.told).items()
    )
    waits = sorted(told.waited for told in rush.told)
    zero = {"budget": 0, "unit": "", "at_least": False}
    return [
        Line(f"{what}: longest wait", waits[-1], LONGEST_WAIT_S, "s", False, f"median {waits[len(waits) // 2]:.1f} s; {statuses}"),
        Line("  punctual but refused", len(wrong), **zero),
        Line("  late but accepted", len(late_in), **zero),
        Line("  receipt shown, offer not stored", len(receipts - filed), **zero),
        Line("  half offers", len(half), **zero),
        Line("  filed twice, numbers given twice", len(numbers) - len(set(numbers)) + sum(n > 1 for n in versions.values()), **zero),
        Line(
            "  told »not filed« or cut off (faults)" if has_faults else "  told »not filed« or cut off",
            len(unanswered),
            len(rush.told) * 0.3 if has_faults else 0,
            "",
            False,
            f"{len(filed)} offers filed",
        ),
    ]  # fmt: skip


def first_was_punctual(rush: Rush, told: Told) -> bool:
    """A second click after the end of the intake gives the receipt of the first one."""
    return any(other.offer == told.offer and other.is_punctual for other in rush.told)
