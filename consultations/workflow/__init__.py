"""The course of a consultation (R-CNS-11), as a table. The portal opens and closes it by the clock."""

from django.utils.translation import gettext_lazy as _

from core.legal.workflow import Move, StateTable, register

from .. import law
from ..enums import State

CONSULTATION = register(
    StateTable(
        kind="consultations.consultation",
        states=State,
        initial=State.DRAFT,
        moves=(
            Move(
                State.DRAFT,
                State.PLANNED,
                _("Wpisz do harmonogramu"),
                may="may_run",
                rules=(law.regime_breaches, law.entry_breaches),
                confirm=_(
                    "Wpis będzie widoczny w rocznym harmonogramie. Każdą późniejszą zmianę zapiszemy publicznie."
                ),
                done=_("Wpisano konsultacje do harmonogramu."),
            ),
            Move(
                State.PLANNED,
                State.ANNOUNCED,
                _("Ogłoś konsultacje"),
                may="may_run",
                rules=(
                    law.regime_breaches,
                    law.period_breaches,
                    law.form_breaches,
                    law.meeting_breaches,
                    law.stage_breaches,
                    law.stage_date_breaches,
                    law.notice_breaches,
                    law.place_breaches,
                ),
                message="tell_announced",
                confirm=_(
                    "Zaczyna się kampania informacyjna. Portal otworzy i zamknie konsultacje o podanych porach."
                ),
                done=_("Ogłoszono konsultacje."),
            ),
            Move(State.ANNOUNCED, State.OPEN, _("Otwarcie konsultacji")),
            Move(State.OPEN, State.CLOSED, _("Zakończenie konsultacji")),
            Move(
                State.CLOSED,
                State.ANALYSIS,
                _("Rozpocznij analizę uwag"),
                may="may_run",
                done=_("Zaczęła się analiza uwag."),
            ),
            Move(
                State.ANALYSIS,
                State.REPORT_PUBLISHED,
                _("Opublikuj raport"),
                may="may_run",
                rules=(law.answer_breaches, law.approval_breaches, law.report_breaches),
                message="tell_report",
                confirm=_(
                    "Raport i stanowiska będą publiczne. Wyślemy wiadomość każdemu, kto napisał uwagi."
                ),
                done=_("Opublikowano raport."),
            ),
            Move(
                State.REPORT_PUBLISHED,
                State.OUTCOME_PUBLISHED,
                _("Ogłoś wynik"),
                may="may_run",
                rules=(law.outcome_breaches,),
                message="tell_outcome",
                done=_("Ogłoszono wynik konsultacji."),
            ),
            Move(
                State.REPORT_PUBLISHED,
                State.ARCHIVED,
                _("Przenieś do archiwum"),
                may="may_run",
                done=_("Przeniesiono konsultacje do archiwum."),
            ),
            Move(
                State.OUTCOME_PUBLISHED,
                State.ARCHIVED,
                _("Przenieś do archiwum"),
                may="may_run",
                done=_("Przeniesiono konsultacje do archiwum."),
            ),
            *(
                Move(
                    source,
                    State.CANCELLED,
                    _("Odwołaj konsultacje"),
                    may="may_run",
                    requires_reason=True,
                    message="tell_cancelled",
                    confirm=_(
                        "Powód będzie widoczny publicznie. Uwagi, które już wpłynęły, zostaną w aktach."
                    ),
                    done=_("Odwołano konsultacje."),
                )
                for source in (State.PLANNED, State.ANNOUNCED, State.OPEN)
            ),
        ),
        turns={
            State.DRAFT: _("jednostka wpisuje konsultacje do harmonogramu"),
            State.PLANNED: _("jednostka przygotowuje ogłoszenie"),
            State.ANNOUNCED: _("portal otworzy konsultacje w dniu początku"),
            State.OPEN: _("mieszkańcy i organizacje wysyłają uwagi"),
            State.CLOSED: _("jednostka zaczyna analizę uwag"),
            State.ANALYSIS: _("jednostka pisze stanowiska i raport"),
            State.REPORT_PUBLISHED: _("jednostka czeka na decyzję i ogłosi wynik"),
            State.OUTCOME_PUBLISHED: _("jednostka przenosi sprawę do archiwum"),
        },
        finals=frozenset({State.ARCHIVED, State.CANCELLED}),
    )
)
