"""How long a copy of a person's data can be fetched, and how long an erasure can be withdrawn."""

from datetime import date

from django.db import migrations

PARAMETERS = [
    ("data_export_days", "Jak długo można pobrać kopię swoich danych", 7, "dni", "ustawienie miasta"),
    ("erasure_waiting_days", "Czas na wycofanie prośby o usunięcie konta", 14, "dni", "ustawienie miasta"),
]


def add(apps, _schema_editor):
    model = apps.get_model("legal", "LegalParameter")
    for code, label, value, unit, source in PARAMETERS:
        model.objects.get_or_create(
            code=code,
            valid_from=date(2004, 1, 1),
            defaults={"label": label, "value": value, "unit": unit, "source": source},
        )


class Migration(migrations.Migration):
    dependencies = [("legal", "0002_parameters")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
