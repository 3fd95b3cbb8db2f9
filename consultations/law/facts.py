"""What the rules ask about: plain values, gathered by ``Consultation.facts``."""

from dataclasses import dataclass, field
from datetime import date, datetime, time


@dataclass(frozen=True)
class Parameters:
    """The dated legal parameters: days, a count of forms, minutes from midnight, characters."""

    campaign_days: int = 7
    residents_days: int = 21
    ngo_days: int = 21
    forms: int = 3
    evening_minutes: int = 990
    reason_length: int = 20


@dataclass(frozen=True)
class Slot:
    """One date of a form; hours unknown are None."""

    starts_on: date | None
    from_hour: time | None = None
    until_on: date | None = None
    to_hour: time | None = None


@dataclass(frozen=True)
class FormFacts:
    """One form of consultation as the notice describes it."""

    kind: str
    name: str
    slots: tuple[Slot, ...] = ()
    has_place: bool = False
    is_online: bool = False
    has_online_link: bool = False
    is_access_described: bool = False


@dataclass(frozen=True)
class StageFacts:
    kind: str
    name: str
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class RemarkFacts:
    """One remark that has to be answered; ``name`` is how the report calls it (»6/4«)."""

    name: str
    code: str = ""
    reason: str = ""
    is_approved: bool = True


@dataclass(frozen=True)
class ConsultationFacts:
    """A consultation at a moment. ``notice`` says of each part of the notice whether it is there."""

    today: date
    at: datetime
    regimes: frozenset[str] = frozenset()
    starts_on: date | None = None
    ends_on: date | None = None
    campaign_from: date | None = None
    has_term: bool = False
    notice: dict[str, bool] = field(default_factory=dict)
    forms: tuple[FormFacts, ...] = ()
    stages: tuple[StageFacts, ...] = ()
    places: frozenset[str] = frozenset()
    remarks: tuple[RemarkFacts, ...] = ()
    has_report: bool = False
    has_outcome: bool = False
    parameters: Parameters = Parameters()
