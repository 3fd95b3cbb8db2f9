"""The ways of news, newsletter issues and messages, as tables."""

from django.utils.translation import gettext_lazy as _

from core.legal.workflow import Move, StateTable, register

from . import law
from .enums import IssueState, MessageState, NewsState

NEWS = register(
    StateTable(
        kind="communication.newsitem",
        states=NewsState,
        initial=NewsState.DRAFT,
        moves=(
            Move(NewsState.DRAFT, NewsState.SUBMITTED, _("Wyślij do urzędu"), may="may_submit"),
            Move(
                NewsState.DRAFT,
                NewsState.PUBLISHED,
                _("Opublikuj"),
                may="may_publish",
                rules=(law.news_breaches,),
                confirm=_("Aktualność pojawi się na stronie, w kanale RSS i w wyszukiwarce."),
                done=_("Opublikowano aktualność."),
            ),
            Move(
                NewsState.SUBMITTED,
                NewsState.PUBLISHED,
                _("Opublikuj"),
                may="may_moderate",
                rules=(law.news_breaches,),
                message="tell_published",
                confirm=_("Aktualność pojawi się na stronie. Nadawca dostanie wiadomość."),
                done=_("Opublikowano aktualność."),
            ),
            Move(
                NewsState.SUBMITTED,
                NewsState.RETURNED,
                _("Zwróć do poprawy"),
                may="may_moderate",
                requires_reason=True,
                message="tell_returned",
                confirm=_("Nadawca dostanie powód e-mailem i będzie mógł poprawić aktualność."),
                done=_("Zwrócono aktualność do poprawy."),
            ),
            Move(
                NewsState.SUBMITTED,
                NewsState.REJECTED,
                _("Odrzuć"),
                may="may_moderate",
                requires_reason=True,
                message="tell_rejected",
                confirm=_("Nadawca dostanie powód e-mailem."),
                done=_("Odrzucono aktualność."),
            ),
            Move(NewsState.RETURNED, NewsState.SUBMITTED, _("Wyślij ponownie"), may="may_submit"),
            Move(
                NewsState.PUBLISHED,
                NewsState.ARCHIVED,
                _("Przenieś do archiwum"),
                may="may_publish",
                confirm=_("Aktualność zostanie na stronie z oznaczeniem „Komunikat archiwalny”."),
                done=_("Przeniesiono aktualność do archiwum."),
            ),
        ),
        turns={
            NewsState.DRAFT: _("autorka lub autor"),
            NewsState.SUBMITTED: _("urząd"),
            NewsState.RETURNED: _("autorka lub autor"),
            NewsState.PUBLISHED: _("urząd: archiwum po terminie"),
        },
        finals=frozenset({NewsState.REJECTED, NewsState.ARCHIVED}),
    )
)

ISSUE = register(
    StateTable(
        kind="communication.newsletterissue",
        states=IssueState,
        initial=IssueState.DRAFT,
        moves=(
            Move(
                IssueState.DRAFT,
                IssueState.READY,
                _("Oznacz jako gotowy"),
                may="may_issue",
                rules=(law.issue_breaches, law.scheduling_breaches),
                confirm=_("Gdy podasz moment wysyłki, portal wyśle list sam. Treści nie da się już zmienić."),
                done=_("Newsletter jest gotowy do wysłania."),
            ),
            Move(
                IssueState.READY,
                IssueState.DRAFT,
                _("Wróć do szkicu"),
                may="may_issue",
                done=_("Newsletter jest znów szkicem."),
            ),
            Move(
                IssueState.READY,
                IssueState.SENDING,
                _("Wyślij teraz"),
                may="may_issue",
                rules=(law.issue_breaches,),
                confirm=_("Listy pójdą do wszystkich odbiorców. Tego nie da się cofnąć."),
                done=_("Zaczęło się wysyłanie newslettera."),
            ),
            Move(IssueState.SENDING, IssueState.SENT, _("Zakończ wysyłanie")),
            Move(
                IssueState.DRAFT,
                IssueState.CANCELLED,
                _("Odwołaj"),
                may="may_issue",
                requires_reason=True,
                done=_("Odwołano wysłanie newslettera."),
            ),
            Move(
                IssueState.READY,
                IssueState.CANCELLED,
                _("Odwołaj"),
                may="may_issue",
                requires_reason=True,
                done=_("Odwołano wysłanie newslettera."),
            ),
        ),
        turns={
            IssueState.DRAFT: _("komórka koordynująca"),
            IssueState.READY: _("komórka koordynująca"),
            IssueState.SENDING: _("portal"),
        },
        finals=frozenset({IssueState.SENT, IssueState.CANCELLED}),
    )
)

MESSAGE = register(
    StateTable(
        kind="communication.contactmessage",
        states=MessageState,
        initial=MessageState.NEW,
        moves=(
            Move(
                MessageState.NEW,
                MessageState.EXTENDED,
                _("Przedłuż termin"),
                may="may_answer",
                rules=(law.extension_breaches,),
                requires_reason=True,
                message="tell_extended",
                confirm=_("Nadawca dostanie powód i nowy termin, jeśli podał adres."),
                done=_("Przedłużono termin odpowiedzi."),
            ),
            Move(
                MessageState.NEW,
                MessageState.ANSWERED,
                _("Wyślij odpowiedź"),
                may="may_answer",
                message="tell_answer",
                confirm=_("Odpowiedź pójdzie e-mailem, jeśli nadawca podał adres."),
                done=_("Wysłano odpowiedź."),
            ),
            Move(
                MessageState.EXTENDED,
                MessageState.ANSWERED,
                _("Wyślij odpowiedź"),
                may="may_answer",
                message="tell_answer",
                confirm=_("Odpowiedź pójdzie e-mailem, jeśli nadawca podał adres."),
                done=_("Wysłano odpowiedź."),
            ),
            Move(
                MessageState.NEW,
                MessageState.CLOSED,
                _("Zamknij bez odpowiedzi"),
                may="may_answer",
                requires_reason=True,
                done=_("Zamknięto sprawę bez odpowiedzi."),
            ),
            Move(
                MessageState.EXTENDED,
                MessageState.CLOSED,
                _("Zamknij bez odpowiedzi"),
                may="may_answer",
                requires_reason=True,
                done=_("Zamknięto sprawę bez odpowiedzi."),
            ),
        ),
        turns={
            MessageState.NEW: _("komórka koordynująca"),
            MessageState.EXTENDED: _("komórka koordynująca"),
        },
        finals=frozenset({MessageState.ANSWERED, MessageState.CLOSED}),
    )
)
