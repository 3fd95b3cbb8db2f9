"""A draft put up for remarks before the announcement (R-CALL-09)."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from core.common import formats
from core.legal.rules import Breach, rule

from .facts import CallFacts

SHORTEST_REMARK = 10


@rule(
    "R-CALL-09",
    source="Wieloletni program współpracy 2019–2022, tabela 1, II.1.5",
    statement=(
        "Założenia wybranych konkursów konsultuje się przed ogłoszeniem. Szkic ma numerowane akapity, każdy może zgłosić "
        "uwagę bez konta, a urząd odpowiada na każdą; odpowiedzi są publiczne razem z ogłoszeniem."
    ),
)
def review_breaches(
    *, opens_at: datetime, closes_at: datetime, at: datetime, days: int, is_draft: bool, has_text: bool
) -> list[Breach]:
    """What stands against putting a draft up for remarks; ``days`` is the parameter ``call_draft_review``."""
    if not is_draft:
        return [
            Breach("R-CALL-09", _("Szkic: ogłoszenie jest już opublikowane, uwag do szkicu nie zbieramy."))
        ]
    found = []
    if not has_text:
        found.append(
            Breach(
                "R-CALL-09", _("Szkic: wpisz najpierw cel, warunki albo inną część, o którą chcesz zapytać.")
            )
        )
    if closes_at <= at:
        found.append(Breach("R-CALL-09", _("Uwagi do: ten dzień już minął, wpisz późniejszy."), "closes_at"))
    elif closes_at - opens_at < timedelta(days=days):
        message = _("Uwagi do: daj organizacjom co najmniej %(days)s.") % {
            "days": formats.counted(days, _("dzień|dni|dni"))
        }
        found.append(Breach("R-CALL-09", message, "closes_at"))
    return found


def announcing_breaches(facts: CallFacts) -> list[Breach]:
    """A draft under remarks is not announced before their end, nor before each of them is answered."""
    if facts.review_closes_at is not None and facts.at < facts.review_closes_at:
        until = {"until": formats.until(facts.review_closes_at)}
        return [
            Breach("R-CALL-09", _("Szkic: uwagi przyjmujecie do %(until)s. Ogłoś konkurs potem.") % until)
        ]
    if facts.unanswered_remarks:
        waiting = formats.counted(facts.unanswered_remarks, _("uwaga|uwagi|uwag"))
        message = _("Szkic: bez odpowiedzi jest %(n)s. Odpowiedz, zanim ogłosisz konkurs.") % {"n": waiting}
        return [Breach("R-CALL-09", message)]
    return []


def remark_breaches(
    *, text: str, opens_at: datetime, closes_at: datetime, at: datetime, is_draft: bool
) -> list[Breach]:
    """Why a remark is not taken: outside the dates, after the announcement, or hardly a word."""
    if not is_draft or not opens_at <= at < closes_at:
        return [
            Breach("R-CALL-09", _("Uwagi: czas na uwagi do tego szkicu minął albo jeszcze się nie zaczął."))
        ]
    if len(text.strip()) < SHORTEST_REMARK:
        return [Breach("R-CALL-09", _("Uwaga: napisz, co zmienić i dlaczego."), "text")]
    return []


def receipt_number(call: int, year: int, serial: int) -> str:
    """»SZ-12/2026-0007«: what the sender quotes."""
    return f"SZ-{call}/{year}-{serial:04}"
