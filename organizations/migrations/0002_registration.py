"""Registrations saved step by step, answers of the public registers, and decisions about similar names."""

from datetime import date

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def add_parameter(apps, schema_editor):
    apps.get_model("legal", "LegalParameter").objects.get_or_create(
        code="registration_draft_days",
        valid_from=date(2024, 1, 1),
        defaults={
            "label": "Jak długo czeka niedokończone zgłoszenie organizacji",
            "value": 30,
            "unit": "dni",
            "source": "Decyzja projektowa (minimalizacja danych, art. 5 ust. 1 lit. c RODO)",
            "note": "Liczone od ostatniego zapisu; potem zgłoszenie jest usuwane.",
        },
    )


class Migration(migrations.Migration):
    dependencies = [
        ("legal", "0002_parameters"),
        ("organizations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DuplicateDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("decided_at", models.DateTimeField(verbose_name="rozstrzygnięto")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="kto rozstrzygnął",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="duplicate_decisions",
                        to="organizations.organization",
                        verbose_name="organizacja",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="podobna organizacja",
                    ),
                ),
            ],
            options={
                "verbose_name": "uznana za inną organizację",
                "verbose_name_plural": "uznane za inne organizacje",
                "ordering": ["decided_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "other"), name="duplicate_decision_once"),
                    models.CheckConstraint(
                        condition=models.Q(("organization", models.F("other")), _negated=True),
                        name="duplicate_decision_of_two",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterComparison",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "register",
                    models.CharField(
                        choices=[("krs", "Krajowy Rejestr Sądowy"), ("regon", "rejestr REGON")],
                        max_length=10,
                        verbose_name="rejestr",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("found", "jest w rejestrze"),
                            ("not_found", "nie ma takiego numeru"),
                            ("deleted", "wykreślona z rejestru"),
                            ("unavailable", "rejestr nie odpowiedział"),
                            ("off", "nie pytamy tego rejestru"),
                        ],
                        max_length=12,
                        verbose_name="odpowiedź",
                    ),
                ),
                ("as_of", models.DateField(blank=True, null=True, verbose_name="stan na")),
                ("rows", models.JSONField(blank=True, default=list, verbose_name="dane po kolei")),
                ("is_in_liquidation", models.BooleanField(default=False, verbose_name="w likwidacji")),
                ("compared_at", models.DateTimeField(verbose_name="zapytano")),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="kto zapytał",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comparisons",
                        to="organizations.organization",
                        verbose_name="organizacja",
                    ),
                ),
            ],
            options={
                "verbose_name": "porównanie z rejestrem",
                "verbose_name_plural": "porównania z rejestrami",
                "ordering": ["-compared_at", "-pk"],
                "indexes": [models.Index(fields=["organization", "-compared_at"], name="comparison_latest")],
            },
        ),
        migrations.CreateModel(
            name="RegistrationDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("has_krs", models.BooleanField(verbose_name="z numerem KRS")),
                ("data", models.JSONField(blank=True, default=dict, verbose_name="wpisane dane")),
                ("answer", models.JSONField(blank=True, default=dict, verbose_name="odpowiedź rejestru")),
                (
                    "others",
                    models.JSONField(blank=True, default=list, verbose_name="uznane za inne organizacje"),
                ),
                ("started_at", models.DateTimeField(verbose_name="zaczęto")),
                ("saved_at", models.DateTimeField(verbose_name="zapisano")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="wysłano")),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="organizacja",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="registration_drafts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="osoba",
                    ),
                ),
            ],
            options={
                "verbose_name": "zaczęte zgłoszenie",
                "verbose_name_plural": "zaczęte zgłoszenia",
                "indexes": [
                    models.Index(
                        condition=models.Q(("sent_at", None)),
                        fields=["person", "-saved_at"],
                        name="draft_open",
                    ),
                    models.Index(fields=["saved_at"], name="draft_saved"),
                ],
            },
        ),
        migrations.RunPython(add_parameter, migrations.RunPython.noop),
    ]
