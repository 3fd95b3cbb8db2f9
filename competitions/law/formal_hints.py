"""What the portal can tell of a filed offer by itself (R-CALL-23): it proposes, the clerk decides."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from core.common import formats

from ..enums import FormalHint, FormalMark
from .formal import is_in_time

PERCENT = Decimal(100)


@dataclass(frozen=True)
class Hint:
    """A proposal: a mark (empty when the portal cannot tell) and why."""

    mark: str
    why: str


@dataclass(frozen=True)
class HintFacts:
    """What is known of a filed offer; None where the portal does not know. Amounts in złote."""

    filed_at: datetime | None = None
    deadline: datetime | None = None
    is_eligible: bool | None = None
    is_signed: bool | None = None
    has_sphere: bool | None = None
    is_on_template: bool | None = None
    empty_fields: tuple[str, ...] = ()
    task_from: date | None = None
    task_to: date | None = None
    call_from: date | None = None
    call_to: date | None = None
    requested: Decimal | None = None
    total: Decimal | None = None
    own: Decimal = Decimal(0)
    min_grant: Decimal | None = None
    max_grant: Decimal | None = None
    pool: Decimal | None = None
    min_own_percent: Decimal | None = None
    max_cofinancing_percent: Decimal | None = None
    annexes_required: tuple[str, ...] = ()
    annexes_missing: tuple[str, ...] = ()
    missing_declarations: tuple[str, ...] = ()
    offers: int = 1
    offers_limit: int | None = None


def _told(is_met: bool | None, yes: str, no: str) -> Hint:
    if is_met is None:
        return Hint("", _("portal tego nie wie, sprawdź w dokumentach"))
    return Hint(FormalMark.YES, yes) if is_met else Hint(FormalMark.NO, no)


def hint_in_time(facts: HintFacts) -> Hint:
    if facts.filed_at is None or facts.deadline is None:
        return _told(None, "", "")
    values = {"at": formats.moment(facts.filed_at), "until": formats.deadline(facts.deadline)}
    why = _("wpłynęła: %(at)s; termin: %(until)s") % values
    return _told(is_in_time(facts.filed_at, facts.deadline), why, why)


def hint_eligible(facts: HintFacts) -> Hint:
    yes = _("w bazie: podmiot z art. 3 ust. 2 lub 3, bez wyłączenia")
    return _told(facts.is_eligible, yes, _("w bazie: podmiot wyłączony albo spoza art. 3"))


def hint_template(facts: HintFacts) -> Hint:
    return _told(facts.is_on_template, _("wypełniona w portalu na wzorze urzędowym"), _("brak części wzoru"))


def hint_complete(facts: HintFacts) -> Hint:
    empty = _("puste: %(fields)s") % {"fields": ", ".join(facts.empty_fields)}
    return _told(not facts.empty_fields, _("wszystkie pola są wypełnione"), empty)


def hint_signed(facts: HintFacts) -> Hint:
    yes = _("złożyła osoba, która ma w portalu prawo reprezentacji")
    return _told(facts.is_signed, yes, _("osoba, która złożyła ofertę, nie ma dziś prawa reprezentacji"))


def hint_sphere(facts: HintFacts) -> Hint:
    """R-CALL-03: a profile without the sphere is a reason to look, not a lack."""
    if facts.has_sphere:
        return Hint(FormalMark.YES, _("profil organizacji ma sferę konkursu"))
    return Hint("", _("profil nie ma sfery konkursu: sprawdź statut"))


def hint_period(facts: HintFacts) -> Hint:
    if not (facts.task_from and facts.task_to):
        return _told(None, "", "")
    why = _("zadanie: %(first)s – %(last)s") % {
        "first": formats.day(facts.task_from),
        "last": formats.day(facts.task_to),
    }
    is_within = (facts.call_from is None or facts.task_from >= facts.call_from) and (
        facts.call_to is None or facts.task_to <= facts.call_to
    )
    return _told(is_within and facts.task_from <= facts.task_to, why, why)


def hint_limits(facts: HintFacts) -> Hint:
    """The grant asked for against the pool and the limits of the notice (R-CALL-14)."""
    if facts.requested is None:
        return _told(None, "", "")
    highest = min((limit for limit in (facts.max_grant, facts.pool) if limit is not None), default=None)
    found = []
    if facts.min_grant is not None and facts.requested < facts.min_grant:
        found.append(_("najmniej %(sum)s") % {"sum": formats.zloty(facts.min_grant)})
    if highest is not None and facts.requested > highest:
        found.append(_("najwyżej %(sum)s") % {"sum": formats.zloty(highest)})
    share = _share(facts.requested, facts.total)
    if (
        share is not None
        and facts.max_cofinancing_percent is not None
        and share > facts.max_cofinancing_percent
    ):
        found.append(_("udział dotacji %(share)s, najwyżej %(limit)s") % {"share": formats.percent(share, 2), "limit": formats.percent(facts.max_cofinancing_percent, 2)})  # fmt: skip
    asked = _("wnioskowana dotacja %(sum)s") % {"sum": formats.zloty(facts.requested)}
    return _told(not found, asked, "; ".join([asked, *found]))


def hint_own_contribution(facts: HintFacts) -> Hint:
    if facts.min_own_percent is None:
        return Hint(FormalMark.NOT_APPLICABLE, _("ogłoszenie nie wymaga wkładu własnego"))
    share = _share(facts.own, facts.total)
    if share is None:
        return _told(None, "", "")
    values = {"share": formats.percent(share, 2), "limit": formats.percent(facts.min_own_percent, 2)}
    why = _("wkład własny %(share)s, wymagane %(limit)s") % values
    return _told(share >= facts.min_own_percent, why, why)


def hint_annexes(facts: HintFacts) -> Hint:
    if not facts.annexes_required:
        return Hint(FormalMark.NOT_APPLICABLE, _("ogłoszenie nie wymaga załączników"))
    if facts.annexes_missing:
        return Hint(FormalMark.NO, _("brak: %(list)s") % {"list": "; ".join(facts.annexes_missing)})
    # Whether the files are the right ones, and what does not apply, only a person can tell.
    return Hint(
        "",
        _("dołączono albo oznaczono jako nie dotyczy: %(list)s")
        % {"list": "; ".join(facts.annexes_required)},
    )


def hint_declarations(facts: HintFacts) -> Hint:
    missing = _("brak: %(list)s") % {"list": ", ".join(facts.missing_declarations)}
    return _told(not facts.missing_declarations, _("złożono wszystkie oświadczenia"), missing)


def hint_offer_count(facts: HintFacts) -> Hint:
    if facts.offers_limit is None:
        return Hint(FormalMark.NOT_APPLICABLE, _("ogłoszenie nie ogranicza liczby ofert"))
    why = _("ofert tego oferenta: %(have)s, najwyżej %(limit)s") % {
        "have": facts.offers,
        "limit": facts.offers_limit,
    }
    return _told(facts.offers <= facts.offers_limit, why, why)


def _share(part: Decimal, whole: Decimal | None) -> Decimal | None:
    return None if not whole else part * PERCENT / whole


HINTS = {
    FormalHint.IN_TIME: hint_in_time,
    FormalHint.ELIGIBLE: hint_eligible,
    FormalHint.TEMPLATE: hint_template,
    FormalHint.COMPLETE: hint_complete,
    FormalHint.SIGNED: hint_signed,
    FormalHint.SPHERE: hint_sphere,
    FormalHint.PERIOD: hint_period,
    FormalHint.LIMITS: hint_limits,
    FormalHint.OWN_CONTRIBUTION: hint_own_contribution,
    FormalHint.ANNEXES: hint_annexes,
    FormalHint.DECLARATIONS: hint_declarations,
    FormalHint.OFFER_COUNT: hint_offer_count,
}


def hints(facts: HintFacts) -> dict[str, Hint]:
    """What the portal proposes, by kind of hint."""
    return {str(kind): compute(facts) for kind, compute in HINTS.items()}
