"""The weekly newsletter (R-COM-02) and how long an address is kept (R-WEB-11)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from core.common.clock import at_local, local_day
from core.legal.rules import Breach, rule

from ..enums import SubscriberState
from .accessibility import months_after

SOURCE = "sprawozdanie ze współpracy (newsletter tygodniowy); diagnoza I.1.3c (newslettery branżowe)"


@dataclass(frozen=True)
class IssueFacts:
    """What the rules ask about an issue."""

    item_count: int
    recipient_count: int
    scheduled_at: datetime | None = None
    at: datetime | None = None


@rule(
    "R-COM-02",
    source="art. 10 ust. 1 ustawy o świadczeniu usług drogą elektroniczną; art. 6 ust. 1 lit. a RODO",
    statement="List wysyłamy tylko na adres, który jego właściciel potwierdził; odnośnik działa 7 dni.",
)
def confirmation_ends_at(asked_at: datetime, *, days: int) -> datetime:
    """The first moment at which the link of the confirmation is too old."""
    return asked_at + timedelta(days=days)


@rule(
    "R-COM-02",
    source="art. 10 ust. 1 ustawy o świadczeniu usług drogą elektroniczną",
    statement="List dostają tylko osoby z potwierdzonym i niewypisanym adresem.",
)
def may_receive(state: str) -> bool:
    return state == SubscriberState.ACTIVE


@rule(
    "R-COM-02",
    source=SOURCE,
    statement="Kto wybrał tematy, branże lub dzielnice, dostaje tylko to, co do nich należy; sprawy całego miasta "
    "dostają wszyscy.",
)
def is_wanted(
    *,
    topic: str,
    branches: Collection[str],
    districts: Collection[int],
    wanted_topics: Collection[str],
    wanted_branches: Collection[str],
    wanted_districts: Collection[int],
) -> bool:
    """Whether a subscriber wants an item. No choice means everything, on either side."""
    return (
        (not wanted_topics or topic in wanted_topics)
        and (not wanted_branches or not branches or bool(set(branches) & set(wanted_branches)))
        and (not wanted_districts or not districts or bool(set(districts) & set(wanted_districts)))
    )


@rule("R-COM-02", source=SOURCE, statement="Wydanie listu ma treść i odbiorców, zanim zostanie wysłane.")
def issue_breaches(facts: IssueFacts) -> list[Breach]:
    found = []
    if not facts.item_count:
        found.append(Breach("R-COM-02", _("Treść: wydanie jest puste. Zbierz treści z portalu."), "items"))
    if not facts.recipient_count:
        found.append(
            Breach("R-COM-02", _("Odbiorcy: nikt jeszcze nie potwierdził zapisu na list."), is_warning=True)
        )
    return found


@rule("R-COM-02", source=SOURCE, statement="Wysyłkę można zaplanować tylko na przyszłość.")
def scheduling_breaches(facts: IssueFacts) -> list[Breach]:
    if facts.scheduled_at and facts.at and facts.scheduled_at <= facts.at:
        return [
            Breach(
                "R-COM-02",
                _("Wyślij o: podaj moment w przyszłości albo zostaw puste i wyślij od razu."),
                "scheduled_at",
            )
        ]
    return []


@rule("R-COM-02", source=SOURCE, statement="List wychodzi raz w tygodniu, w czwartek rano.")
def next_weekly(after: datetime, *, weekday: int = 3, hour: int = 8) -> datetime:
    """The first Thursday (``weekday``, Monday is 0) at eight after a moment, in local time."""
    day = local_day(after)
    day += timedelta(days=(weekday - day.weekday()) % 7)
    moment = at_local(day, time(hour))
    return moment if moment > after else at_local(day + timedelta(days=7), time(hour))


@rule(
    "R-WEB-11",
    source="art. 5 ust. 1 lit. e RODO; ustawienie miasta",
    statement="Adres z newslettera usuwamy miesiąc po wypisaniu się.",
)
def forget_from(ended_on: date, *, months: int) -> date:
    """The day on which the address is deleted."""
    return months_after(ended_on, months)
