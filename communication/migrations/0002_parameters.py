"""Periods of this room, as dated parameters."""

from datetime import date

from django.db import migrations

FIRST_DAY = date(2019, 5, 23)
PARAMETERS = [
    (
        "accessibility_extension_months",
        "Najdłuższe przedłużenie odpowiedzi na żądanie dostępności",
        2,
        "miesiące",
        "art. 18 ustawy o dostępności cyfrowej",
    ),
    ("newsletter_confirmation", "Ważność odnośnika z potwierdzeniem zapisu", 7, "dni", "ustawienie miasta"),
    (
        "newsletter_retention_months",
        "Po ilu miesiącach usuwamy adres po wypisaniu",
        1,
        "miesiące",
        "ustawienie miasta",
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
    dependencies = [("communication", "0001_initial"), ("legal", "0002_parameters")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
