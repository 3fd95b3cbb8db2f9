"""The course of a call (domain §3.1), as a table. The portal itself closes the intake, by the clock."""

from django.utils.translation import gettext_lazy as _

from core.legal.workflow import Move, StateTable, register

from . import law
from .enums import BEFORE_NOTICE, EVALUATED, State

ANNOUNCING = (
    law.publication_breaches,
    law.deadline_breaches,
    law.completeness_breaches,
    law.layout_breaches,
    law.form_breaches,
    law.money_breaches,
    law.standard_warnings,
)
PUBLISHING_RESULTS = (law.results_breaches, law.pool_breaches, law.results_publication_breaches)


def _announce(source: State) -> Move:
    return Move(
        source,
        State.PUBLISHED,
        _("Ogłoś konkurs"),
        may="may_run",
        rules=ANNOUNCING,
        message="tell_announced",
        confirm=_(
            "Ogłoszenie będzie publiczne. Portal zamknie nabór o podanej godzinie, a zmiany będą wersjami z powodem."
        ),
    )


def _step(source: State, target: State, verb) -> Move:
    return Move(source, target, verb, may="may_run")


def _cancel(source: State) -> Move:
    was_announced = source not in BEFORE_NOTICE
    return Move(
        source,
        State.CANCELLED,
        _("Unieważnij konkurs") if was_announced else _("Zrezygnuj z konkursu"),
        may="may_run",
        rules=(law.cancellation_breaches,),
        requires_reason=True,
        message="tell_cancelled" if was_announced else "",
        confirm=_("Powód będzie widoczny publicznie. Osoby, które obserwują konkurs, dostaną wiadomość.")
        if was_announced
        else "",
    )


CALL = register(
    StateTable(
        kind="competitions.call",
        states=State,
        initial=State.PLANNED,
        moves=(
            Move(State.PLANNED, State.DRAFT, _("Rozpocznij przygotowanie"), may="may_prepare"),
            Move(State.DRAFT, State.INTERNAL_REVIEW, _("Przekaż do sprawdzenia"), may="may_prepare"),
            Move(
                State.INTERNAL_REVIEW, State.DRAFT, _("Zwróć do poprawy"), may="may_run", requires_reason=True
            ),
            _announce(State.DRAFT),
            _announce(State.INTERNAL_REVIEW),
            Move(State.PUBLISHED, State.CLOSED, _("Zamknięcie naboru")),
            _step(State.CLOSED, State.FORMAL_EVALUATION, _("Rozpocznij ocenę formalną")),
            _step(State.FORMAL_EVALUATION, State.CORRECTIONS, _("Wezwij do uzupełnień")),
            _step(State.FORMAL_EVALUATION, State.MERIT_EVALUATION, _("Rozpocznij ocenę merytoryczną")),
            _step(State.CORRECTIONS, State.MERIT_EVALUATION, _("Rozpocznij ocenę merytoryczną")),
            _step(State.MERIT_EVALUATION, State.COMMITTEE_OPINION, _("Zapisz opinię komisji")),
            _step(State.COMMITTEE_OPINION, State.DECIDED, _("Zapisz decyzję o wyborze ofert")),
            Move(
                State.DECIDED,
                State.RESULTS_PUBLISHED,
                _("Opublikuj wyniki"),
                may="may_run",
                rules=PUBLISHING_RESULTS,
                message="tell_results",
                confirm=_("Wyniki będą publiczne. Od dziś biegnie czas na pytania o uzasadnienie."),
            ),
            _step(State.RESULTS_PUBLISHED, State.CONTRACTING, _("Rozpocznij podpisywanie umów")),
            _step(State.CONTRACTING, State.IN_PROGRESS, _("Rozpocznij realizację zadań")),
            _step(State.IN_PROGRESS, State.REPORTING, _("Rozpocznij rozliczanie")),
            _step(State.REPORTING, State.SETTLED, _("Zakończ rozliczanie")),
            _step(State.SETTLED, State.ARCHIVED, _("Przenieś do archiwum")),
            _step(State.RESULTS_PUBLISHED, State.ARCHIVED, _("Przenieś do archiwum")),
            *(_cancel(source) for source in State if source in BEFORE_NOTICE | {State.PUBLISHED} | EVALUATED),
        ),
        turns={
            State.PLANNED: _("jednostka zaczyna przygotowanie ogłoszenia"),
            State.DRAFT: _("jednostka przygotowuje ogłoszenie"),
            State.INTERNAL_REVIEW: _("prowadzący konkurs sprawdza ogłoszenie"),
            State.PUBLISHED: _("organizacje składają oferty"),
            State.CLOSED: _("jednostka zaczyna ocenę formalną"),
            State.FORMAL_EVALUATION: _("jednostka sprawdza oferty formalnie"),
            State.CORRECTIONS: _("organizacje uzupełniają oferty"),
            State.MERIT_EVALUATION: _("komisja ocenia oferty"),
            State.COMMITTEE_OPINION: _("organ podejmuje decyzję"),
            State.DECIDED: _("jednostka ogłasza wyniki"),
            State.RESULTS_PUBLISHED: _("jednostka przygotowuje umowy"),
            State.CONTRACTING: _("miasto i organizacje podpisują umowy"),
            State.IN_PROGRESS: _("organizacje realizują zadania"),
            State.REPORTING: _("organizacje składają sprawozdania"),
            State.SETTLED: _("jednostka przenosi sprawę do archiwum"),
        },
        finals=frozenset({State.ARCHIVED, State.CANCELLED}),
    )
)
