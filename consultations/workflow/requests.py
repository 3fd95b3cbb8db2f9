"""The course of a request for a consultation, as a table."""

from django.utils.translation import gettext_lazy as _

from core.legal.workflow import Move, StateTable, register

from .. import law
from ..enums import RequestState

REQUEST = register(
    StateTable(
        kind="consultations.consultationrequest",
        states=RequestState,
        initial=RequestState.DRAFT,
        moves=(
            Move(
                RequestState.DRAFT,
                RequestState.CHECK,
                _("Wyślij do urzędu"),
                may="may_write_request",
                rules=(law.request_breaches,),
                message="tell_request_received",
            ),
            Move(
                RequestState.CHECK,
                RequestState.DRAFT,
                _("Zwróć do poprawy"),
                may="may_settle_request",
                requires_reason=True,
                message="tell_request_returned",
            ),
            Move(
                RequestState.CHECK,
                RequestState.COLLECTING,
                _("Opublikuj"),
                may="may_settle_request",
                message="tell_request_collecting",
                confirm=_(
                    "Wniosek będzie publiczny i od razu zacznie zbierać poparcie; wniosek rady dzielnicy go nie "
                    "potrzebuje. Osoby, które go poparły, pozostaną niewidoczne."
                ),
            ),
            Move(
                RequestState.COLLECTING,
                RequestState.SUBMITTED,
                _("Próg poparcia osiągnięty"),
                rules=(law.support_breaches,),
                message="tell_request_submitted",
            ),
            Move(
                RequestState.COLLECTING,
                RequestState.EXPIRED,
                _("Koniec zbierania poparcia"),
                message="tell_request_settled",
            ),
            Move(
                RequestState.SUBMITTED,
                RequestState.REVIEW,
                _("Rozpocznij rozpatrywanie"),
                may="may_settle_request",
                rules=(law.review_breaches,),
            ),
            Move(
                RequestState.REVIEW,
                RequestState.ACCEPTED,
                _("Przyjmij wniosek"),
                may="may_settle_request",
                rules=(law.answered_breaches,),
                message="tell_request_settled",
                confirm=_("Odpowiedź będzie publiczna. Wyślemy ją każdemu, kto o nią prosił."),
            ),
            Move(
                RequestState.REVIEW,
                RequestState.REFUSED,
                _("Odmów"),
                may="may_settle_request",
                rules=(law.answered_breaches,),
                message="tell_request_settled",
                confirm=_(
                    "Odpowiedź z uzasadnieniem będzie publiczna. Wyślemy ją każdemu, kto o nią prosił."
                ),
            ),
            Move(
                RequestState.ACCEPTED,
                RequestState.OPENED,
                _("Przygotuj konsultacje z wniosku"),
                may="may_settle_request",
            ),
            *(
                Move(
                    source,
                    RequestState.WITHDRAWN,
                    _("Wycofaj wniosek"),
                    may="may_write_request",
                    message="tell_request_withdrawn",
                )
                for source in (RequestState.DRAFT, RequestState.CHECK, RequestState.COLLECTING)
            ),
        ),
        turns={
            RequestState.DRAFT: _("wnioskodawca pisze wniosek"),
            RequestState.CHECK: _("urząd sprawdza, czy wniosek można pokazać"),
            RequestState.COLLECTING: _("mieszkańcy albo organizacje popierają wniosek"),
            RequestState.SUBMITTED: _("urząd zaczyna rozpatrywanie"),
            RequestState.REVIEW: _("jednostka pisze odpowiedź"),
            RequestState.ACCEPTED: _("jednostka przygotowuje konsultacje"),
        },
        finals=frozenset(
            {RequestState.REFUSED, RequestState.OPENED, RequestState.EXPIRED, RequestState.WITHDRAWN}
        ),
    )
)
