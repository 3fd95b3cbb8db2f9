"""Sentences the office uses again and again; the official changes them before sending."""

from django.utils.translation import gettext_lazy as _

RETURN_CLAIM = [
    _("Dołącz aktualny odpis z rejestru albo upoważnienie podpisane przez osoby z rejestru."),
    _(
        "W dokumencie nie ma Twojego nazwiska. Dołącz uchwałę albo pełnomocnictwo, z którego wynika uprawnienie."
    ),
    _("Pełnomocnictwo podpisała jedna osoba, a organizację reprezentują dwie łącznie. Dołącz drugi podpis."),
]
REFUSE_CLAIM = [
    _("Według rejestru nie jesteś osobą uprawnioną do reprezentacji tej organizacji."),
    _("Organizacja ma już osoby uprawnione. Poproś je o zaproszenie."),
]
RETURN_PROFILE = [
    _("Numer w rejestrze nie zgadza się z odpisem. Sprawdź cyfry i wyślij jeszcze raz."),
    _("Nazwa w zgłoszeniu różni się od nazwy w rejestrze. Przepisz ją z odpisu."),
]
REJECT_REVISION = [
    _("Zmiany nie ma jeszcze w rejestrze. Zgłoś ją po wpisie."),
    _("Nowe dane różnią się od odpisu z rejestru. Sprawdź je i zgłoś jeszcze raz."),
]
CLOSE_REPORT = [
    _("Dane poprawiono zgodnie ze zgłoszeniem."),
    _("Organizacja potwierdziła, że dane są aktualne."),
    _("Przekazano organizacji z prośbą o sprawdzenie."),
]
KEEP_STRUCK_OFF = [
    _("Wykreślono stary wpis po połączeniu organizacji. Numer w profilu trzeba poprawić."),
    _("Organizacja działa dalej pod innym numerem w rejestrze."),
]
