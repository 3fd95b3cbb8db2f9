from django.db import models
from django.utils.translation import gettext_lazy as _


class BodyKind(models.TextChoices):
    """Kinds of dialogue bodies (R-KDO-11)."""

    COUNCIL = "council", _("rada")
    KDO = "kdo", _("komisja dialogu obywatelskiego")
    FORUM = "forum", _("forum")
    TEAM = "team", _("zespół")
    BRANCH_TEAM = "branch_team", _("zespół branżowy")
    COORDINATION_TEAM = "coordination_team", _("zespół koordynacyjny")
    EXPERT_PANEL = "expert_panel", _("panel ekspertów")
    STEERING_COMMITTEE = "steering_committee", _("komitet sterujący")
    ACTION_COMMITTEE = "action_committee", _("komitet akcji")
    AWARD_COMMITTEE = "award_committee", _("kapituła nagrody")
    DISTRICT_COMMITTEE = "district_committee", _("komisja dzielnicowa")
    NGO_COALITION = "ngo_coalition", _("koalicja organizacji")
    GENERAL_ASSEMBLY = "general_assembly", _("walne zebranie")
    RULES = "rules", _("zasady działania")
    OTHER = "other", _("inne ciało")


class BodyState(models.TextChoices):
    """Where the life of a body stands."""

    FORMING = "forming", _("w tworzeniu")
    ACTIVE = "active", _("działa")
    INACTIVE = "inactive", _("nieaktywna")
    DISSOLVED = "dissolved", _("rozwiązana")


class MeetingState(models.TextChoices):
    """Where a meeting stands."""

    PLANNED = "planned", _("planowane")
    ANNOUNCED = "announced", _("zapowiedziane")
    HELD = "held", _("odbyło się")
    CANCELLED = "cancelled", _("odwołane")


class Side(models.TextChoices):
    """Whom a member represents (R-KRDPP-02)."""

    NGO = "ngo", _("organizacje")
    CITY_COUNCIL = "city_council", _("Rada Miasta")
    MAYOR = "mayor", _("Prezydent Miasta")
    INVITED = "invited", _("zaproszeni")


class BodyRole(models.TextChoices):
    """Functions in a body (R-KRDPP-06, R-KDO-06)."""

    CO_CHAIR_CITY = "co_chair_city", _("współprzewodnicząca lub współprzewodniczący ze strony miasta")
    CO_CHAIR_NGO = "co_chair_ngo", _("współprzewodnicząca lub współprzewodniczący ze strony organizacji")
    CHAIR = "chair", _("przewodnicząca lub przewodniczący")
    DEPUTY_CHAIR = "deputy_chair", _("zastępczyni lub zastępca")
    SECRETARY = "secretary", _("sekretarz")
    MEMBER = "member", _("członkini lub członek")


class DocumentKind(models.TextChoices):
    """What a body produces (R-KDO-07)."""

    OPINION = "opinion", _("opinia")
    RESOLUTION = "resolution", _("uchwała")
    RECOMMENDATION = "recommendation", _("rekomendacja")
    PLAN = "plan", _("plan pracy")
    REPORT = "report", _("sprawozdanie")


class Outcome(models.TextChoices):
    """What became of a request for an opinion (R-KRDPP-11)."""

    AWAITED = "awaited", _("w opiniowaniu")
    POSITIVE = "positive", _("pozytywna")
    POSITIVE_WITH_REMARKS = "positive_with_remarks", _("pozytywna z uwagami")
    NEGATIVE = "negative", _("negatywna")
    WAIVED_EXPLICITLY = "waived_explicitly", _("odstąpiono od opinii")
    NO_OPINION_IN_TIME = "no_opinion_in_time", _("brak opinii w terminie")


class Reply(models.TextChoices):
    """What the city did with the document of a body."""

    AWAITED = "awaited", _("czeka na odpowiedź")
    ACCEPTED = "accepted", _("uwzględniona")
    PARTLY = "partly", _("częściowo")
    REJECTED = "rejected", _("nieuwzględniona")
    NOT_NEEDED = "not_needed", _("bez odpowiedzi")


class PlanStatus(models.TextChoices):
    """How far an item of a work plan is."""

    AHEAD = "ahead", _("przed nami")
    RUNNING = "running", _("w toku")
    DONE = "done", _("zrobione")
    DROPPED = "dropped", _("porzucone")
