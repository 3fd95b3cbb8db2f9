"""What ties news and letters to organisations and to people."""

from django.utils.translation import gettext_lazy as _

from core.common.ties import Ending, PersonalData, Tie, traces

ORGANIZATION_TIES = (Tie("communication.NewsItem", "organization"),)
PEOPLE = (
    *traces("communication.NewsItem", "submitted_by", "published_by", shown=("title", "author_name")),
    PersonalData(
        "communication.Subscriber",
        ("email", "settings_token", "unsubscribe_token"),
        purpose=_("wysyłanie newslettera"),
        basis="art. 6 ust. 1 lit. a RODO",
        kept=_("do wypisania się i jeszcze miesiąc"),
        readers=_("redakcja portalu"),
        owner="email__iexact",
        ending=Ending.DELETED,
        hidden=("settings_token", "unsubscribe_token"),
    ),
    PersonalData(
        "communication.ContactMessage",
        ("email", "text", "received_at", "answer"),
        purpose=_("załatwienie pytania albo żądania dostępności"),
        basis="art. 6 ust. 1 lit. c i e RODO",
        kept=_("2 lata"),
        readers=_("komórka, która odpowiada"),
        owner="email__iexact",
        reason=_("sprawa urzędowa z terminem odpowiedzi"),
    ),
)
