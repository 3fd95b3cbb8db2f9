"""States and kinds of consultations."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """R-CNS-11. DRAFT comes before it: the entry is not in the published schedule yet.

    An extension is an act, not a state.
    """

    DRAFT = "draft", _("szkic")
    PLANNED = "planned", _("planowane")
    ANNOUNCED = "announced", _("zapowiedziane")
    OPEN = "open", _("konsultacje trwają")
    CLOSED = "closed", _("zakończone, czekają na analizę")
    ANALYSIS = "analysis", _("analiza uwag")
    REPORT_PUBLISHED = "report_published", _("raport opublikowany")
    OUTCOME_PUBLISHED = "outcome_published", _("wynik ogłoszony")
    ARCHIVED = "archived", _("archiwalne")
    CANCELLED = "cancelled", _("odwołane")


PUBLIC_STATES = [state for state in State if state != State.DRAFT]
# The notice is out, so what it says is not changed without a trace.
BEFORE_NOTICE = frozenset({State.DRAFT, State.PLANNED})
ENDED = frozenset(
    {State.CLOSED, State.ANALYSIS, State.REPORT_PUBLISHED, State.OUTCOME_PUBLISHED, State.ARCHIVED}
)
WITH_REPORT = frozenset({State.REPORT_PUBLISHED, State.OUTCOME_PUBLISHED, State.ARCHIVED})


class Regime(models.TextChoices):
    """R-CNS-01: with whom; one consultation may have both."""

    RESIDENTS = "residents", _("z mieszkańcami")
    NGO = "ngo", _("z organizacjami")


class Kind(models.TextChoices):
    """What is consulted."""

    PROGRAMME = "programme", _("program lub strategia")
    RESOLUTION = "resolution", _("projekt uchwały")
    INVESTMENT = "investment", _("inwestycja")
    POLICY = "policy", _("polityka miasta")
    STATUTES = "statutes", _("statuty dzielnic")
    SPATIAL_PLAN = "spatial_plan", _("plan ogólny lub miejscowy")
    SERVICE = "service", _("zasady usługi")
    CALL_DRAFT = "call_draft", _("projekt konkursu")
    NEEDS = "needs", _("rozpoznanie potrzeb")
    OTHER = "other", _("inna sprawa")


class StageKind(models.TextChoices):
    """R-CNS-07, in their order."""

    DIAGNOSIS = "diagnosis", _("diagnoza")
    ASSUMPTIONS = "assumptions", _("założenia")
    DRAFT = "draft", _("projekt")
    FINAL = "final", _("wersja końcowa")


class FormKind(models.TextChoices):
    """R-CNS-05: forms of consultation seen in Kraków; OTHER is outside the resolution's list."""

    OPEN_MEETING = "open_meeting", _("spotkanie otwarte")
    WORKSHOP = "workshop", _("warsztat")
    BRANCH_MEETING = "branch_meeting", _("spotkanie branżowe")
    ONLINE_MEETING = "online_meeting", _("spotkanie online")
    EXPERT_DUTY = "expert_duty", _("dyżur ekspercki")
    PHONE_DUTY = "phone_duty", _("dyżur telefoniczny lub e-mailowy")
    CONSULTATION_FORM = "consultation_form", _("formularz konsultacyjny")
    WRITTEN = "written", _("zbieranie uwag pisemnie")
    SURVEY = "survey", _("ankieta")
    EXPERT_PANEL = "expert_panel", _("panel ekspertów")
    WORKING_GROUP = "working_group", _("grupa robocza")
    RESEARCH_WALK = "research_walk", _("spacer badawczy")
    FIELD_POINT = "field_point", _("punkt konsultacyjny w terenie")
    OTHER = "other", _("inna forma")


# Where people come together at an hour (R-CNS-06).
MEETINGS = frozenset(
    {
        FormKind.OPEN_MEETING,
        FormKind.WORKSHOP,
        FormKind.BRANCH_MEETING,
        FormKind.ONLINE_MEETING,
        FormKind.RESEARCH_WALK,
    }
)
DUTIES = frozenset({FormKind.EXPERT_DUTY, FormKind.PHONE_DUTY, FormKind.FIELD_POINT})


class RespondentType(models.TextChoices):
    """Who sends remarks (R-CNS-13)."""

    RESIDENT = "resident", _("mieszkanka lub mieszkaniec")
    NGO = "ngo", _("organizacja pozarządowa")
    COUNCIL = "council", _("rada działalności pożytku publicznego")
    COMMISSION = "commission", _("komisja dialogu obywatelskiego")
    DISTRICT_COUNCIL = "district_council", _("rada dzielnicy")
    OTHER = "other", _("inny podmiot")


class Channel(models.TextChoices):
    """How a submission came (R-CNS-12)."""

    WEB = "web", _("formularz portalu")
    EMAIL = "email", _("e-mail")
    PAPER = "paper", _("papier")
    E_DELIVERY = "e_delivery", _("e-Doręczenia")
    EPUAP = "epuap", _("ePUAP")
    PHONE = "phone", _("telefon")
    MEETING = "meeting", _("ustnie na spotkaniu lub dyżurze")


class PositionCode(models.TextChoices):
    """R-CNS-17."""

    ACCEPTED = "accepted", _("przyjęta")
    PARTLY = "partly", _("częściowo")
    REJECTED = "rejected", _("nieprzyjęta")
    ALREADY_DONE = "already_done", _("już działa")
    REFERRED = "referred", _("przekazana")
    DEPENDS_ON_BUDGET = "depends_on_budget", _("zależy od budżetu")
    OTHER_MODE = "other_mode", _("w innym trybie")
    POSSIBLE_IN_OTHER_FORM = "possible_in_other_form", _("możliwa w innej formie")
    TO_BE_EXAMINED = "to_be_examined", _("do sprawdzenia")
    OUT_OF_SCOPE = "out_of_scope", _("poza zakresem")


# The same said of a demand, which is masculine in Polish where a remark is feminine.
POSITIONS_OF_DEMANDS = {
    PositionCode.ACCEPTED: _("przyjęty"),
    PositionCode.PARTLY: PositionCode.PARTLY.label,
    PositionCode.REJECTED: _("nieprzyjęty"),
    PositionCode.ALREADY_DONE: PositionCode.ALREADY_DONE.label,
    PositionCode.REFERRED: _("przekazany"),
    PositionCode.DEPENDS_ON_BUDGET: PositionCode.DEPENDS_ON_BUDGET.label,
    PositionCode.OTHER_MODE: PositionCode.OTHER_MODE.label,
    PositionCode.POSSIBLE_IN_OTHER_FORM: _("możliwy w innej formie"),
    PositionCode.TO_BE_EXAMINED: PositionCode.TO_BE_EXAMINED.label,
    PositionCode.OUT_OF_SCOPE: PositionCode.OUT_OF_SCOPE.label,
}


class Origin(models.TextChoices):
    """Where the record comes from."""

    PORTAL = "portal", _("z portalu")
    IMPORTED = "imported", _("z danych archiwalnych")


class RedactionReason(models.TextChoices):
    """Why words of a remark are covered before everybody reads it (R-CNS-14)."""

    PERSON = "person", _("imię lub nazwisko osoby prywatnej")
    CONTACT = "contact", _("adres, telefon lub e-mail")
    NUMBER = "number", _("PESEL, numer dokumentu lub konta")
    SENSITIVE = "sensitive", _("dane o zdrowiu, poglądach lub sytuacji rodzinnej")
    OFFENCE = "offence", _("słowa obraźliwe")


class VersionPurpose(models.TextChoices):
    """What a version of the document is: asked about, changed after the answers, or adopted."""

    CONSULTED = "consulted", _("projekt poddany konsultacjom")
    AFTER = "after", _("projekt po konsultacjach")
    ADOPTED = "adopted", _("przyjęty akt")


# Versions that say what was done with the remarks.
RESULTS = frozenset({VersionPurpose.AFTER, VersionPurpose.ADOPTED})


class PointKind(models.TextChoices):
    """What a numbered part of the document is."""

    HEADING = "heading", _("rozdział")
    PARAGRAPH = "paragraph", _("akapit")
    LIST = "list", _("lista")
    TABLE = "table", _("tabela")


class SurveyPurpose(models.TextChoices):
    """When a survey is asked: during a consultation, or of those who took part (R-CNS-26)."""

    DURING = "during", _("w czasie konsultacji")
    AFTER = "after", _("po konsultacjach, dla uczestników")


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    ONE = "one", _("jedna odpowiedź")
    MANY = "many", _("kilka odpowiedzi")
    SCALE = "scale", _("skala")
    NUMBER = "number", _("liczba")
    TEXT = "text", _("własne słowa")


class Need(models.TextChoices):
    """What a person needs to take part in a meeting."""

    SIGN_LANGUAGE = "sign_language", _("tłumacz polskiego języka migowego (PJM)")
    INDUCTION_LOOP = "induction_loop", _("pętla indukcyjna")
    STEP_FREE = "step_free", _("wejście bez stopni")
    CHILD_CARE = "child_care", _("opieka nad dzieckiem")


class DemandStatus(models.TextChoices):
    """What has become of a demand since the city took its position; follow-ups move it."""

    OPEN = "open", _("czeka na dalsze kroki")
    IN_PROGRESS = "in_progress", _("w realizacji")
    DONE = "done", _("zrealizowany")
    DROPPED = "dropped", _("nie będzie realizowany")


class Initiator(models.TextChoices):
    """Who asks for a consultation, which decides whose support is counted."""

    RESIDENTS = "residents", _("mieszkanki i mieszkańcy")
    NGO = "ngo", _("organizacje pozarządowe")
    DISTRICT_COUNCIL = "district_council", _("rada dzielnicy")


class RequestState(models.TextChoices):
    """The course of a request for a consultation."""

    DRAFT = "draft", _("szkic")
    CHECK = "check", _("urząd sprawdza wniosek")
    COLLECTING = "collecting", _("zbiera poparcie")
    SUBMITTED = "submitted", _("złożony, czeka na rozpatrzenie")
    REVIEW = "review", _("rozpatrywany")
    ACCEPTED = "accepted", _("przyjęty")
    REFUSED = "refused", _("odmowa")
    OPENED = "opened", _("konsultacje w przygotowaniu albo ogłoszone")
    EXPIRED = "expired", _("nie zebrał poparcia")
    WITHDRAWN = "withdrawn", _("wycofany")


PUBLIC_REQUESTS = frozenset(
    {
        RequestState.COLLECTING,
        RequestState.SUBMITTED,
        RequestState.REVIEW,
        RequestState.ACCEPTED,
        RequestState.REFUSED,
        RequestState.OPENED,
        RequestState.EXPIRED,
        RequestState.WITHDRAWN,
    }
)
SETTLED_REQUESTS = frozenset(
    {
        RequestState.ACCEPTED,
        RequestState.REFUSED,
        RequestState.OPENED,
        RequestState.EXPIRED,
        RequestState.WITHDRAWN,
    }
)
