"""States and kinds of news, newsletters and messages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NewsState(models.TextChoices):
    """R-COM-01."""

    DRAFT = "draft", _("szkic")
    SUBMITTED = "submitted", _("czeka na decyzję")
    RETURNED = "returned", _("zwrócona do poprawy")
    REJECTED = "rejected", _("odrzucona")
    PUBLISHED = "published", _("opublikowana")
    ARCHIVED = "archived", _("archiwalna")


PUBLIC_NEWS = [NewsState.PUBLISHED, NewsState.ARCHIVED]


class Category(models.TextChoices):
    """What a piece of news is about; OTHER keeps the word of the source in ``category_label``."""

    ANNOUNCEMENT = "announcement", _("ogłoszenie")
    EVENT = "event", _("wydarzenie")
    CALL = "call", _("nabór")
    RESULT = "result", _("wyniki")
    CONSULTATION = "consultation", _("konsultacje")
    DIALOGUE = "dialogue", _("dialog")
    AWARD = "award", _("nagroda")
    SUPPORT = "support", _("wsparcie")
    SERVICE = "service", _("usługa dla mieszkańców")
    CAMPAIGN = "campaign", _("akcja społeczna")
    NGO_LIFE = "ngo_life", _("z życia organizacji")
    SURVEY = "survey", _("ankieta")
    SUMMARY = "summary", _("podsumowanie")
    EXTERNAL = "external", _("spoza miasta")
    OTHER = "other", _("inne")


# What people outside the office may send in.
SENT_IN = (Category.EVENT, Category.NGO_LIFE, Category.CAMPAIGN, Category.SERVICE, Category.SURVEY)


class Origin(models.TextChoices):
    """Where the record comes from."""

    PORTAL = "portal", _("z portalu")
    IMPORTED = "imported", _("z danych archiwalnych")


class Topic(models.TextChoices):
    """What a subscriber of the newsletter wants to read about."""

    CALLS = "konkursy", _("Konkursy i małe granty")
    CONSULTATIONS = "konsultacje", _("Konsultacje")
    DIALOGUE = "dialog", _("Posiedzenia komisji dialogu")
    EVENTS = "wydarzenia", _("Wydarzenia i szkolenia")
    NEWS = "aktualnosci", _("Aktualności")


TOPIC_HINTS = {
    Topic.CALLS: _("nowe nabory, nabory przed końcem, wyniki"),
    Topic.CONSULTATIONS: _("nowe konsultacje, spotkania, ostatnie dni na uwagi"),
    Topic.DIALOGUE: _("terminy i porządek obrad"),
    Topic.EVENTS: _("od miasta i od organizacji"),
    Topic.NEWS: _("wiadomości miasta i organizacji, nabory wolontariuszy"),
}


class SubscriberState(models.TextChoices):
    """Double opt-in: nothing is sent before the address has been confirmed."""

    PENDING = "pending", _("czeka na potwierdzenie")
    ACTIVE = "active", _("dostaje list")
    ENDED = "ended", _("wypisany")


class IssueState(models.TextChoices):
    """R-COM-02."""

    DRAFT = "draft", _("szkic")
    READY = "ready", _("gotowy do wysłania")
    SENDING = "sending", _("w trakcie wysyłania")
    SENT = "sent", _("wysłany")
    CANCELLED = "cancelled", _("odwołany")


PUBLIC_ISSUES = [IssueState.SENDING, IssueState.SENT]


class Section(models.TextChoices):
    """The parts of an issue, in their order."""

    CLOSING = "1-closing", _("Kończy się za chwilę")
    CALLS = "2-calls", _("Nowe konkursy")
    CONSULTATIONS = "3-consultations", _("Konsultacje")
    MEETINGS = "4-meetings", _("Spotkania i wydarzenia")
    NEWS = "5-news", _("Warto wiedzieć")


class MessageKind(models.TextChoices):
    """Why somebody writes to us (R-WEB-05)."""

    ACCESSIBILITY = "accessibility", _("żądanie dostępności")
    ERROR = "error", _("błąd na stronie")
    QUESTION = "question", _("pytanie")
    OTHER = "other", _("inna sprawa")


class MessageState(models.TextChoices):
    """Where a message stands."""

    NEW = "new", _("nowa")
    EXTENDED = "extended", _("przedłużona")
    ANSWERED = "answered", _("załatwiona")
    CLOSED = "closed", _("zamknięta bez odpowiedzi")


OPEN_MESSAGES = [MessageState.NEW, MessageState.EXTENDED]


class Conformity(models.TextChoices):
    """How far the portal keeps the act on digital accessibility (R-WEB-03)."""

    FULL = "full", _("zgodna")
    PARTIAL = "partial", _("częściowo zgodna")
    NONE = "none", _("niezgodna")


class Method(models.TextChoices):
    """How the declaration was prepared."""

    SELF = "self", _("samoocena przeprowadzona przez podmiot publiczny")
    EXTERNAL = "external", _("ocena przeprowadzona przez podmiot zewnętrzny")
