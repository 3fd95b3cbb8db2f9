"""States and kinds of calls."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Domain §3.1, in the order of a call's life."""

    PLANNED = "planned", _("planowany")
    DRAFT = "draft", _("szkic")
    INTERNAL_REVIEW = "internal_review", _("sprawdzanie w urzędzie")
    PUBLISHED = "published", _("nabór trwa")
    CLOSED = "closed", _("nabór zamknięty")
    FORMAL_EVALUATION = "formal_evaluation", _("ocena formalna")
    CORRECTIONS = "corrections", _("uzupełnienia ofert")
    MERIT_EVALUATION = "merit_evaluation", _("ocena merytoryczna")
    COMMITTEE_OPINION = "committee_opinion", _("opinia komisji")
    DECIDED = "decided", _("decyzja podjęta, przed ogłoszeniem wyników")
    RESULTS_PUBLISHED = "results_published", _("rozstrzygnięty")
    CONTRACTING = "contracting", _("podpisywanie umów")
    IN_PROGRESS = "in_progress", _("realizacja zadań")
    REPORTING = "reporting", _("sprawozdania")
    SETTLED = "settled", _("rozliczony")
    ARCHIVED = "archived", _("archiwalny")
    CANCELLED = "cancelled", _("unieważniony")


# Before the notice is out nobody but officials of the unit sees a call.
BEFORE_NOTICE = frozenset({State.PLANNED, State.DRAFT, State.INTERNAL_REVIEW})
PUBLIC_STATES = [state for state in State if state not in BEFORE_NOTICE]
EVALUATED = frozenset(
    {
        State.CLOSED,
        State.FORMAL_EVALUATION,
        State.CORRECTIONS,
        State.MERIT_EVALUATION,
        State.COMMITTEE_OPINION,
        State.DECIDED,
    }
)
WITH_RESULTS = frozenset(
    {
        State.RESULTS_PUBLISHED,
        State.CONTRACTING,
        State.IN_PROGRESS,
        State.REPORTING,
        State.SETTLED,
        State.ARCHIVED,
    }
)
BEFORE_RESULTS = BEFORE_NOTICE | {State.PUBLISHED} | EVALUATED


class Phase(models.TextChoices):
    """What a reader wants to know of the state: the filter of the list."""

    OPEN = "trwa", _("Nabór trwa")
    REVIEW = "ocena", _("W ocenie")
    DONE = "rozstrzygniete", _("Rozstrzygnięte")
    CANCELLED = "uniewaznione", _("Unieważnione")
    ARCHIVED = "archiwalne", _("Archiwalne")


class Mode(models.TextChoices):
    """By which procedure money is given; OTHER keeps the words of the source in ``mode_label``."""

    OPEN_CALL = "open_call", _("otwarty konkurs ofert")
    OWN_CONTRIBUTION = "own_contribution", _("fundusz wkładów własnych")
    SMALL_GRANT = "small_grant", _("nabór małych grantów (art. 19a)")
    REGRANTING = "regranting", _("regranting")
    SPORT_ACT_GRANT = "sport_act_grant", _("dotacja z ustawy o sporcie")
    PUBLIC_HEALTH_ACT = "public_health_act", _("konkurs z ustawy o zdrowiu publicznym")
    LOCAL_INITIATIVE = "local_initiative", _("inicjatywa lokalna")
    PARTNER_SELECTION = "partner_selection", _("nabór partnerów")
    EXTERNAL_CALL = "external_call", _("nabór innej instytucji")
    OTHER = "other", _("inny tryb")


# Announced under art. 13 of the Act; for other modes its rules are advice.
UNDER_ART_13 = frozenset({Mode.OPEN_CALL, Mode.OWN_CONTRIBUTION})


class Form(models.TextChoices):
    """R-CALL-02: the two forms of commissioning."""

    ENTRUST = "entrust", _("powierzenie zadania publicznego")
    SUPPORT = "support", _("wsparcie zadania publicznego")
    UNKNOWN = "unknown", _("forma nieznana")


class Intake(models.TextChoices):
    """How the end of the intake is set."""

    DEADLINE = "deadline", _("do dnia i godziny")
    RELATIVE = "relative", _("określona liczba dni od ogłoszenia")
    CONTINUOUS = "continuous", _("nabór ciągły")
    FUNDS = "funds", _("do wyczerpania środków")
    UNKNOWN = "unknown", _("termin nieznany")


# Intakes that may go on without a stated end.
ENDLESS = frozenset({Intake.CONTINUOUS, Intake.FUNDS})


class Payout(models.TextChoices):
    """How a grant reaches the organisation."""

    ADVANCE = "advance", _("z góry, jednorazowo")
    INSTALMENTS = "instalments", _("w transzach")
    REFUND = "refund", _("refundacja poniesionych kosztów")


class Position(models.TextChoices):
    """What the office says to a remark on a draft."""

    ACCEPTED = "accepted", _("uwzględniona")
    PARTLY = "partly", _("uwzględniona częściowo")
    REJECTED = "rejected", _("nieuwzględniona")
    NOTED = "noted", _("przyjęta do wiadomości")


class Alert(models.TextChoices):
    """How often a saved search writes."""

    NOW = "now", _("od razu po ogłoszeniu")
    WEEKLY = "weekly", _("raz w tygodniu, w poniedziałek rano")


class Outcome(models.TextChoices):
    """What became of an offer that was judged on its merits."""

    AWARDED = "awarded", _("dotacja przyznana")
    RESERVE = "reserve", _("lista rezerwowa")
    BELOW_THRESHOLD = "below_threshold", _("poniżej progu punktowego")
    NOT_AWARDED = "not_awarded", _("bez dotacji")


class EntryStatus(models.TextChoices):
    """R-CALL-06: where an entry of the yearly schedule stands."""

    PLANNED = "planned", _("planowany")
    ANNOUNCED = "announced", _("ogłoszony")
    WITHDRAWN = "withdrawn", _("wycofany")


class Origin(models.TextChoices):
    """Where the record comes from."""

    PORTAL = "portal", _("z portalu")
    IMPORTED = "imported", _("z danych archiwalnych")


class OfferState(models.TextChoices):
    """Domain §3.1, in the order of an offer's life."""

    DRAFT = "draft", _("szkic")
    SUBMITTED = "submitted", _("złożona")
    WITHDRAWN = "withdrawn", _("wycofana")
    FORMALLY_OK = "formally_ok", _("poprawna formalnie")
    CORRECTION_REQUESTED = "correction_requested", _("do uzupełnienia")
    CORRECTED = "corrected", _("uzupełniona")
    FORMALLY_REJECTED = "formally_rejected", _("odrzucona formalnie")
    SCORED = "scored", _("oceniona")
    RECOMMENDED = "recommended", _("rekomendowana")
    RESERVE = "reserve", _("na liście rezerwowej")
    NOT_RECOMMENDED = "not_recommended", _("bez rekomendacji")
    AWARDED = "awarded", _("dotacja przyznana")
    NOT_AWARDED = "not_awarded", _("bez dotacji")
    REVISION_REQUESTED = "revision_requested", _("do aktualizacji")
    REVISED = "revised", _("zaktualizowana")
    CONTRACTED = "contracted", _("z umową")
    RESIGNED = "resigned", _("rezygnacja")


# A filed offer is what the office has received and may read: never a draft, never a withdrawn one.
FILED_STATES = [state for state in OfferState if state not in (OfferState.DRAFT, OfferState.WITHDRAWN)]
WRITABLE_STATES = [OfferState.DRAFT, OfferState.WITHDRAWN]
# What goes to the committee: the formal check is passed, the decision is not made yet.
IN_EVALUATION = [
    OfferState.FORMALLY_OK,
    OfferState.SCORED,
    OfferState.RECOMMENDED,
    OfferState.RESERVE,
    OfferState.NOT_RECOMMENDED,
]


class VersionKind(models.TextChoices):
    """Why a version of an offer was kept."""

    FILED = "filed", _("złożona oferta")
    CORRECTED = "corrected", _("uzupełnienie")
    REVISED = "revised", _("aktualizacja")


class CandidateState(models.TextChoices):
    """R-CALL-30: the course of an application to the pool of committee members."""

    NAMED = "named", _("czeka na zgodę osoby")
    APPLIED = "applied", _("zgłoszona")
    ACCEPTED = "accepted", _("w bazie kandydatów")
    REFUSED = "refused", _("nieprzyjęta")
    WITHDRAWN = "withdrawn", _("wycofana")


class Seat(models.TextChoices):
    """On whose behalf a person sits in a committee (R-CALL-25, 26, 28)."""

    OFFICE = "office", _("z urzędu")
    NGO = "ngo", _("wskazana przez organizacje")
    EXPERT = "expert", _("ekspert z głosem doradczym")


class MemberRole(models.TextChoices):
    CHAIR = "chair", _("przewodniczenie")
    DEPUTY = "deputy", _("zastępstwo w przewodniczeniu")
    MEMBER = "member", _("członkostwo")


class NgoAbsence(models.TextChoices):
    """R-CALL-27: when a committee may work without persons named by NGOs."""

    NONE_NAMED = "none_named", _("nikogo nie wskazano")
    DID_NOT_COME = "did_not_come", _("wskazane osoby nie przyszły")
    ALL_EXCLUDED = "all_excluded", _("wszystkie wskazane osoby są wyłączone")


class ConflictKind(models.TextChoices):
    """R-CALL-29: why a person must not judge an offer (KPA art. 24, and doubts of impartiality)."""

    MEMBERSHIP = "membership", _("działam w tej organizacji albo w jej władzach")
    WORK = "work", _("pracuję dla niej albo jej doradzam")
    FAMILY = "family", _("bliska mi osoba działa w niej lub pracuje")
    DISPUTE = "dispute", _("jestem z nią w sporze")
    OTHER = "other", _("inny powód, który budzi wątpliwość co do bezstronności")


class BlockKind(models.TextChoices):
    """What closes offers to a member of the committee (R-CALL-26, 31)."""

    NAMED_BY = "named_by", _("wskazała tę osobę organizacja, która bierze udział w konkursie")
    OWN = "own", _("ta osoba działa w organizacji, która bierze udział w konkursie")
    DECLARED = "declared", _("ta osoba zgłosiła konflikt interesów")


class ScoringMethod(models.TextChoices):
    """R-CALL-32: how points come together, set for each call."""

    MEAN = "mean", _("osobne karty i średnia")
    CONSENSUS = "consensus", _("jedna wspólna karta")


class FormalMark(models.TextChoices):
    """What the clerk writes beside an item of the formal check (R-CALL-23)."""

    YES = "yes", _("TAK")
    NO = "no", _("NIE")
    NOT_APPLICABLE = "na", _("ND")


class FormalHint(models.TextChoices):
    """What the portal can compute about an item of the formal check; the clerk decides all the same."""

    IN_TIME = "in_time", _("złożona w terminie")
    ELIGIBLE = "eligible", _("uprawniony podmiot")
    TEMPLATE = "template", _("właściwy wzór")
    COMPLETE = "complete", _("wszystkie pola")
    SIGNED = "signed", _("złożona przez osobę uprawnioną")
    SPHERE = "sphere", _("działalność statutowa w sferze zadania")
    PERIOD = "period", _("termin realizacji w konkursie")
    LIMITS = "limits", _("kwota w granicach")
    OWN_CONTRIBUTION = "own_contribution", _("wkład własny")
    ANNEXES = "annexes", _("załączniki")
    DECLARATIONS = "declarations", _("oświadczenia")
    OFFER_COUNT = "offer_count", _("liczba ofert")


class DossierState(models.TextChoices):
    """How far the packing of a dossier has come."""

    WAITING = "waiting", _("czeka w kolejce")
    WORKING = "working", _("pakujemy")
    READY = "ready", _("gotowe")
    FAILED = "failed", _("nie udało się")
    EXPIRED = "expired", _("usunięte po terminie")


class Recipients(models.TextChoices):
    """Which applicants of a call a letter of the office is for."""

    ALL = "all", _("wszyscy, którzy złożyli oferty")
    FORMALLY_OK = "formally_ok", _("z ofertą poprawną formalnie")
    CORRECTING = "correcting", _("wezwani do uzupełnienia")
    REJECTED = "rejected", _("z ofertą odrzuconą formalnie")
    AWARDED = "awarded", _("z przyznaną dotacją")
    NOT_AWARDED = "not_awarded", _("bez dotacji")
