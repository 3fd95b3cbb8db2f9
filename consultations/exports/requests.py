"""Columns of the public list of requests; nobody's name or address is in them."""

from django.utils.translation import gettext_lazy as _

from core.common.exports import Column
from core.common.sites import absolute

REQUEST_COLUMNS = [
    Column("number", _("Numer"), lambda r: r.number_label, "Numer w roku, np. W/3/2026"),
    Column("title", _("Temat"), lambda r: r.title, "Czego mają dotyczyć konsultacje"),
    Column("state", _("Stan"), lambda r: str(r.get_state_display()), ""),
    Column("initiator", _("W czyim imieniu"), lambda r: r.initiator_name, "Nigdy nazwisko osoby"),
    Column("supports", _("Poparcie"), lambda r: r.counted, "Potwierdzone głosy"),
    Column("threshold", _("Próg"), lambda r: r.threshold, "Ile głosów potrzeba"),
    Column("collect_until", _("Zbiera do"), lambda r: r.collect_until, ""),
    Column("answered_on", _("Odpowiedź z"), lambda r: r.answered_on, ""),
    Column("answer", _("Odpowiedź"), lambda r: r.answer if r.answered_on else "", ""),
    Column("url", _("Adres"), lambda r: absolute(r.get_absolute_url()), ""),
]
