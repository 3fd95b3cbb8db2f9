"""The standard of administrative costs (R-CALL-15), as a dated parameter like the periods of the Act."""

from datetime import date

from django.db import migrations


def add(apps, schema_editor):
    apps.get_model("legal", "LegalParameter").objects.get_or_create(
        code="admin_cost_standard",
        valid_from=date(2019, 1, 1),
        defaults={
            "label": "Standard kosztów administracyjnych w ofercie",
            "value": 15,
            "unit": "%",
            "source": "Wieloletni program współpracy 2019–2022, § 6, standard 2.13",
            "note": "Program wygasł; portal traktuje standard jako wskazówkę.",
        },
    )


class Migration(migrations.Migration):
    dependencies = [("competitions", "0001_initial"), ("legal", "0002_parameters")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
