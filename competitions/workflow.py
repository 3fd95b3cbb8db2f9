"""The course of a call (domain §3.1), as a table. The portal itself closes the intake, by the clock."""

from django.utils.translation import gettext_lazy as _

from core.legal.workflow import Move, StateTable, register

from . import law
from .enums import BEFORE_NOTICE, EVALUATED, CandidateState, OfferState, State

ANNOUNCING = (
    law.publication_breaches,
    law.deadline_breaches,
    law.completeness_breaches,
    law.layout_breaches,
    law.form_breaches,
    law.money_breaches,
    law.standard_warnings,
    law.announcing_breaches,
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
        done=_("Ogłoszono konkurs."),
    )


def _step(source: State, target: State, verb, done) -> Move:
    return Move(source, target, verb, may="may_run", done=done)


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
        done=_("Unieważniono konkurs.") if was_announced else _("Zrezygnowano z konkursu."),
    )


CALL = register(
    StateTable(
        kind="competitions.call",
        states=State,
        initial=State.PLANNED,
        moves=(
            Move(
                State.PLANNED,
                State.DRAFT,
                _("Rozpocznij przygotowanie"),
                may="may_prepare",
                done=_("Zaczęło się przygotowanie ogłoszenia."),
            ),
            Move(
                State.DRAFT,
                State.INTERNAL_REVIEW,
                _("Przekaż do sprawdzenia"),
                may="may_prepare",
                done=_("Przekazano ogłoszenie do sprawdzenia."),
            ),
            Move(
                State.INTERNAL_REVIEW,
                State.DRAFT,
                _("Zwróć do poprawy"),
                may="may_run",
                requires_reason=True,
                done=_("Zwrócono ogłoszenie do poprawy."),
            ),
            _announce(State.DRAFT),
            _announce(State.INTERNAL_REVIEW),
            Move(State.PUBLISHED, State.CLOSED, _("Zamknięcie naboru")),
            _step(
                State.CLOSED,
                State.FORMAL_EVALUATION,
                _("Rozpocznij ocenę formalną"),
                _("Zaczęła się ocena formalna."),
            ),
            _step(
                State.FORMAL_EVALUATION,
                State.CORRECTIONS,
                _("Wezwij do uzupełnień"),
                _("Zaczął się etap uzupełnień."),
            ),
            *(
                Move(
                    source,
                    State.MERIT_EVALUATION,
                    _("Rozpocznij ocenę merytoryczną"),
                    may="may_run",
                    rules=(law.offers_breaches,),
                    done=_("Zaczęła się ocena merytoryczna."),
                )
                for source in (State.FORMAL_EVALUATION, State.CORRECTIONS)
            ),
            _step(
                State.MERIT_EVALUATION,
                State.COMMITTEE_OPINION,
                _("Zapisz opinię komisji"),
                _("Zapisano opinię komisji."),
            ),
            _step(
                State.COMMITTEE_OPINION,
                State.DECIDED,
                _("Zapisz decyzję o wyborze ofert"),
                _("Zapisano decyzję o wyborze ofert."),
            ),
            Move(
                State.DECIDED,
                State.RESULTS_PUBLISHED,
                _("Opublikuj wyniki"),
                may="may_run",
                rules=PUBLISHING_RESULTS,
                message="tell_results",
                confirm=_("Wyniki będą publiczne. Od dziś biegnie czas na pytania o uzasadnienie."),
                done=_("Opublikowano wyniki konkursu."),
            ),
            _step(
                State.RESULTS_PUBLISHED,
                State.CONTRACTING,
                _("Rozpocznij podpisywanie umów"),
                _("Zaczęło się podpisywanie umów."),
            ),
            _step(
                State.CONTRACTING,
                State.IN_PROGRESS,
                _("Rozpocznij realizację zadań"),
                _("Zaczęła się realizacja zadań."),
            ),
            _step(
                State.IN_PROGRESS,
                State.REPORTING,
                _("Rozpocznij rozliczanie"),
                _("Zaczęło się rozliczanie zadań."),
            ),
            _step(
                State.REPORTING, State.SETTLED, _("Zakończ rozliczanie"), _("Zakończono rozliczanie zadań.")
            ),
            _step(
                State.SETTLED,
                State.ARCHIVED,
                _("Przenieś do archiwum"),
                _("Przeniesiono konkurs do archiwum."),
            ),
            _step(
                State.RESULTS_PUBLISHED,
                State.ARCHIVED,
                _("Przenieś do archiwum"),
                _("Przeniesiono konkurs do archiwum."),
            ),
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


def _offer(source: OfferState, target: OfferState, verb, may: str = "may_run_offer", **kwargs) -> Move:
    return Move(source, target, verb, may=may, **kwargs)


def _checked(rule):
    """A rule of the formal check: it asks only about that part of the facts."""
    return lambda facts: rule(facts.formal)


def _file(source: OfferState, verb) -> Move:
    return _offer(
        source,
        OfferState.SUBMITTED,
        verb,
        may="may_file",
        rules=(law.offers.filing_breaches,),
        message="tell_offer_filed",
    )


def _resign(source: OfferState) -> Move:
    return _offer(source, OfferState.RESIGNED, _("Zrezygnuj z dotacji"), may="may_file", requires_reason=True)


_ACCEPT = _("Uznaj ofertę za poprawną")

OFFER = register(
    StateTable(
        kind="competitions.offer",
        states=OfferState,
        initial=OfferState.DRAFT,
        moves=(
            _file(OfferState.DRAFT, _("Złóż ofertę")),
            _offer(
                OfferState.SUBMITTED,
                OfferState.WITHDRAWN,
                _("Wycofaj ofertę"),
                may="may_file",
                rules=(law.offers.withdrawal_breaches,),
                message="tell_offer_withdrawn",
            ),
            _file(OfferState.WITHDRAWN, _("Złóż ofertę ponownie")),
            *(
                _offer(
                    source,
                    OfferState.FORMALLY_OK,
                    _ACCEPT,
                    rules=(_checked(law.acceptance_breaches),),
                    done=_("Uznano ofertę za poprawną."),
                )
                for source in (OfferState.SUBMITTED, OfferState.CORRECTED)
            ),
            _offer(
                OfferState.SUBMITTED,
                OfferState.CORRECTION_REQUESTED,
                _("Wezwij do uzupełnienia"),
                rules=(_checked(law.request_breaches),),
                message="tell_correction_requested",
            ),
            _offer(
                OfferState.CORRECTION_REQUESTED,
                OfferState.CORRECTED,
                _("Złóż uzupełnienie"),
                may="may_file",
                rules=(_checked(law.supplement_breaches),),
                message="tell_supplemented",
            ),
            *(
                _offer(
                    source,
                    OfferState.FORMALLY_REJECTED,
                    _("Odrzuć z przyczyn formalnych"),
                    rules=(_checked(law.rejection_breaches),),
                    requires_reason=True,
                )
                for source in (OfferState.SUBMITTED, OfferState.CORRECTION_REQUESTED, OfferState.CORRECTED)
            ),
            _offer(OfferState.FORMALLY_OK, OfferState.SCORED, _("Zamknij ocenę oferty")),
            _offer(OfferState.SCORED, OfferState.RECOMMENDED, _("Rekomenduj do dotacji")),
            _offer(OfferState.SCORED, OfferState.RESERVE, _("Wpisz na listę rezerwową")),
            _offer(OfferState.SCORED, OfferState.NOT_RECOMMENDED, _("Nie rekomenduj")),
            *(
                _offer(source, target, verb)
                for source in (OfferState.RECOMMENDED, OfferState.RESERVE, OfferState.NOT_RECOMMENDED)
                for target, verb in (
                    (OfferState.AWARDED, _("Przyznaj dotację")),
                    (OfferState.NOT_AWARDED, _("Nie przyznawaj dotacji")),
                )
            ),
            _offer(OfferState.NOT_AWARDED, OfferState.AWARDED, _("Przyznaj z listy rezerwowej")),
            _offer(OfferState.AWARDED, OfferState.REVISION_REQUESTED, _("Wezwij do aktualizacji oferty")),
            _offer(OfferState.REVISION_REQUESTED, OfferState.REVISED, _("Złóż aktualizację"), may="may_file"),
            _offer(OfferState.AWARDED, OfferState.CONTRACTED, _("Zapisz umowę")),
            _offer(OfferState.REVISED, OfferState.CONTRACTED, _("Zapisz umowę")),
            _resign(OfferState.AWARDED),
            _resign(OfferState.REVISION_REQUESTED),
            _resign(OfferState.REVISED),
        ),
        turns={
            OfferState.DRAFT: _("organizacja pisze ofertę"),
            OfferState.SUBMITTED: _("jednostka sprawdza ofertę formalnie"),
            OfferState.WITHDRAWN: _("organizacja może złożyć ofertę ponownie przed końcem naboru"),
            OfferState.FORMALLY_OK: _("komisja ocenia ofertę"),
            OfferState.CORRECTION_REQUESTED: _("organizacja uzupełnia ofertę"),
            OfferState.CORRECTED: _("jednostka sprawdza uzupełnienie"),
            OfferState.SCORED: _("komisja uzgadnia opinię"),
            OfferState.RECOMMENDED: _("organ podejmuje decyzję"),
            OfferState.RESERVE: _("organ podejmuje decyzję"),
            OfferState.NOT_RECOMMENDED: _("organ podejmuje decyzję"),
            OfferState.AWARDED: _("jednostka przygotowuje umowę"),
            OfferState.NOT_AWARDED: _("organizacja może zapytać o uzasadnienie"),
            OfferState.REVISION_REQUESTED: _("organizacja aktualizuje ofertę"),
            OfferState.REVISED: _("jednostka przygotowuje umowę"),
        },
        finals=frozenset({OfferState.FORMALLY_REJECTED, OfferState.CONTRACTED, OfferState.RESIGNED}),
    )
)


CANDIDATE = register(
    StateTable(
        kind="competitions.committeecandidate",
        states=CandidateState,
        initial=CandidateState.NAMED,
        moves=(
            Move(CandidateState.NAMED, CandidateState.APPLIED, _("Zgódź się kandydować"), may="is_candidate"),
            Move(CandidateState.NAMED, CandidateState.WITHDRAWN, _("Odmów kandydowania"), may="is_candidate"),
            Move(
                CandidateState.APPLIED,
                CandidateState.ACCEPTED,
                _("Przyjmij do bazy"),
                may="may_keep_candidate",
                done=_("Przyjęto zgłoszenie do bazy."),
            ),
            Move(
                CandidateState.APPLIED,
                CandidateState.REFUSED,
                _("Nie przyjmuj"),
                may="may_keep_candidate",
                requires_reason=True,
                done=_("Nie przyjęto zgłoszenia do bazy."),
            ),
            Move(
                CandidateState.APPLIED, CandidateState.WITHDRAWN, _("Wycofaj zgłoszenie"), may="is_candidate"
            ),
            Move(
                CandidateState.ACCEPTED, CandidateState.WITHDRAWN, _("Wycofaj zgłoszenie"), may="is_candidate"
            ),
        ),
        turns={
            CandidateState.NAMED: _("wskazana osoba zgadza się albo odmawia"),
            CandidateState.APPLIED: _("jednostka sprawdza zgłoszenie"),
            CandidateState.ACCEPTED: _("jednostka może powołać tę osobę do komisji"),
        },
        finals=frozenset({CandidateState.REFUSED, CandidateState.WITHDRAWN}),
    )
)
