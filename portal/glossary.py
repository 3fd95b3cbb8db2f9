"""Words of cooperation, explained in plain Polish."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Term:
    word: object
    meaning: object


TERMS = [
    Term(
        _("Organizacja pozarządowa"),
        _(
            "Fundacja, stowarzyszenie lub inny podmiot spoza sektora publicznego, który nie działa dla zysku. Portal obejmuje tym słowem także podmioty z art. 3 ust. 3 ustawy, np. spółdzielnie socjalne i jednostki kościelne."
        ),
    ),
    Term(
        _("Otwarty konkurs ofert"),
        _(
            "Tryb, w którym miasto ogłasza zadanie i kwotę, organizacje składają oferty, a komisja je opiniuje. Na złożenie oferty jest co najmniej 21 dni."
        ),
    ),
    Term(
        _("Wsparcie i powierzenie"),
        _(
            "Przy wsparciu miasto pokrywa część kosztów zadania, resztę wnosi organizacja. Przy powierzeniu miasto płaci za całość."
        ),
    ),
    Term(
        _("Wkład własny"),
        _("To, co organizacja daje od siebie: pieniądze, rzeczy albo pracę, także wolontariuszy."),
    ),
    Term(
        _("Mały grant (art. 19a)"),
        _(
            "Dotacja bez konkursu na krótkie zadanie lokalne. Ofertę składa organizacja, a każdy może zgłosić do niej uwagi."
        ),
    ),
    Term(
        _("Regranting"),
        _("Organizacja wybrana w konkursie dzieli dotację na mniejsze kwoty i rozlicza je z realizatorami."),
    ),
    Term(
        _("Inicjatywa lokalna"),
        _(
            "Mieszkańcy i miasto wspólnie wykonują zadanie. Miasto nie daje pieniędzy, tylko kupuje rzeczy lub usługi; mieszkańcy wnoszą pracę."
        ),
    ),
    Term(
        _("Konsultacje społeczne"),
        _(
            "Zbieranie uwag do projektu uchwały, programu albo inwestycji. Na każdą uwagę urząd odpowiada z uzasadnieniem."
        ),
    ),
    Term(
        _("Postulat i stanowisko"),
        _("Postulat to propozycja organizacji, stanowisko to odpowiedź właściwej komórki urzędu."),
    ),
    Term(
        _("KRDPP"),
        _(
            "Krakowska Rada Działalności Pożytku Publicznego: 16 osób, w połowie z organizacji. Opiniuje programy i projekty uchwał."
        ),
    ),
    Term(
        _("KDO"),
        _(
            "Komisja Dialogu Obywatelskiego: organizacje z jednej dziedziny i wydział, który się nią zajmuje. Każda organizacja może dołączyć."
        ),
    ),
    Term(
        _("Program współpracy"),
        _(
            "Uchwała, w której miasto zapisuje cele, zadania i pieniądze na współpracę z organizacjami: roczna lub wieloletnia."
        ),
    ),
    Term(
        _("OPP"),
        _(
            "Organizacja pożytku publicznego: może dostawać 1,5% podatku. Portal pokazuje wtedy jej numer KRS."
        ),
    ),
    Term(
        _("BIP"),
        _(
            "Biuletyn Informacji Publicznej. Ogłoszenie konkursu ma moc prawną, gdy jest w BIP, na tablicy i na stronie urzędu."
        ),
    ),
    Term(_("Metka"), _("Ramka pod treścią: kto ją napisał, kto opublikował i kiedy ją zmieniono.")),
]
