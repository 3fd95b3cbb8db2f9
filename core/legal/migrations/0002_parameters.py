"""The statutory amounts and periods the portal starts with; officials add later rows in the admin."""

from datetime import date

from django.db import migrations

ACT = "ustawa o działalności pożytku publicznego i o wolontariacie"
FIRST_DAY = date(2004, 1, 1)

# code, label, value, unit, source
PARAMETERS = [
    ("offer_period", "Czas na składanie ofert w konkursie", 21, "dni", f"art. 13 ust. 1 {ACT}"),
    (
        "offer_deadline_strict",
        "Termin o godzinie w ciągu dnia dopiero po pełnych dniach (1 – tak)",
        1,
        "tak/nie",
        "ustawienie miasta",
    ),
    (
        "justification_request",
        "Czas na wniosek o uzasadnienie wyboru oferty",
        30,
        "dni",
        f"art. 15 ust. 2i {ACT}",
    ),
    ("final_report", "Czas na sprawozdanie końcowe", 30, "dni", f"art. 18 ust. 1 {ACT}"),
    ("contract_max_years", "Najdłuższy czas umowy", 5, "lata", f"art. 16 ust. 3 {ACT}"),
    ("small_grant_max", "Najwyższy mały grant", 10000, "zł", f"art. 19a ust. 1 {ACT}"),
    (
        "small_grant_max_days",
        "Najdłuższe zadanie w trybie małych grantów",
        90,
        "dni",
        f"art. 19a ust. 1 {ACT}",
    ),
    (
        "small_grant_yearly",
        "Małe granty dla jednej organizacji w roku",
        20000,
        "zł",
        f"art. 19a ust. 6 {ACT}",
    ),
    ("small_grant_share", "Udział małych grantów w dotacjach roku", 20, "%", f"art. 19a ust. 7 {ACT}"),
    (
        "small_grant_publish",
        "Czas na opublikowanie oferty małego grantu",
        7,
        "dni robocze",
        f"art. 19a ust. 3 {ACT}",
    ),
    ("small_grant_remarks", "Czas na uwagi do małego grantu", 7, "dni", f"art. 19a ust. 4 {ACT}"),
    (
        "consultation_campaign",
        "Kampania informacyjna przed konsultacjami",
        7,
        "dni",
        "uchwała RMK nr CXI/2904/18, załącznik nr 1",
    ),
    (
        "consultation_residents",
        "Czas konsultacji z mieszkańcami",
        21,
        "dni",
        "uchwała RMK nr CXI/2904/18, załącznik nr 1",
    ),
    (
        "consultation_ngo",
        "Czas konsultacji z organizacjami",
        21,
        "dni",
        "uchwała RMK nr CXI/2904/18, załącznik nr 2; praktyka",
    ),
    ("consultation_forms", "Najmniejsza liczba form konsultacji", 3, "formy", "uchwała RMK nr CXI/2904/18"),
    (
        "consultation_evening",
        "Od której godziny spotkanie jest po pracy (minuty od północy)",
        990,
        "minuty",
        "ustawienie miasta: 16:30",
    ),
    ("consultation_report", "Czas na raport z konsultacji jednoetapowych", 30, "dni", "ustawienie miasta"),
    (
        "consultation_report_stages",
        "Czas na raport z konsultacji wieloetapowych",
        60,
        "dni",
        "ustawienie miasta",
    ),
    (
        "position_reason_length",
        "Najkrótsze uzasadnienie stanowiska do uwagi",
        20,
        "znaki",
        "ustawienie miasta",
    ),
    ("council_term", "Kadencja rady pożytku", 3, "lata", "uchwała RMK nr XLI/731/16"),
    ("council_ngo_share", "Najmniejszy udział organizacji w radzie pożytku", 50, "%", f"art. 41f {ACT}"),
    (
        "council_opinion",
        "Czas na opinię rady pożytku o programie lub strategii",
        14,
        "dni",
        f"art. 41i ust. 2 {ACT}",
    ),
    (
        "commission_min_organizations",
        "Najmniej organizacji zakładających KDO",
        5,
        "organizacje",
        "ustawienie miasta",
    ),
    ("commission_term", "Kadencja prezydium KDO", 3, "lata", "ustawienie miasta"),
    ("body_notice", "Zawiadomienie o posiedzeniu ciała dialogu", 7, "dni", "ustawienie miasta"),
    ("body_minutes", "Czas na protokół z posiedzenia", 14, "dni", "ustawienie miasta"),
    (
        "body_inactive_months",
        "Po ilu miesiącach bez posiedzenia KDO jest nieaktywna",
        12,
        "miesiące",
        "ustawienie miasta",
    ),
    (
        "profile_confirmation_months",
        "Jak długo profil organizacji jest potwierdzony",
        12,
        "miesiące",
        "ustawienie miasta",
    ),
    (
        "profile_reminder_months",
        "Po ilu miesiącach przypominamy o potwierdzeniu profilu",
        11,
        "miesiące",
        "ustawienie miasta",
    ),
    ("news_moderation", "Czas na decyzję o zgłoszonej aktualności", 2, "dni robocze", "ustawienie miasta"),
    (
        "accessibility_answer",
        "Czas na zapewnienie dostępności na żądanie",
        7,
        "dni",
        "art. 18 ustawy o dostępności cyfrowej",
    ),
]


def add(apps, schema_editor):
    parameter = apps.get_model("legal", "LegalParameter")
    for code, label, value, unit, source in PARAMETERS:
        parameter.objects.get_or_create(
            code=code,
            valid_from=FIRST_DAY,
            defaults={"label": label, "value": value, "unit": unit, "source": source},
        )


class Migration(migrations.Migration):
    dependencies = [("legal", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
