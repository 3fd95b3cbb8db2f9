"""Taking part: surveys, the wish to answer one afterwards, and the same remark known by its words."""

import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from consultations.law.texts import text_hash


def add_parameter(apps, schema_editor):
    apps.get_model("legal", "LegalParameter").objects.get_or_create(
        code="consultation_survey",
        valid_from=datetime.date(2019, 1, 1),
        defaults={
            "label": "Ile dni trwa ankieta dla uczestników po raporcie z konsultacji",
            "value": 21,
            "unit": "dni",
            "source": "zasada portalu (R-CNS-26)",
        },
    )


def know_same_texts(apps, schema_editor):
    """Remarks that came before are compared like the new ones."""
    remarks = apps.get_model("consultations", "Remark").objects
    batch = []
    for remark in remarks.filter(text_hash="").only("pk", "proposed_wording").iterator(chunk_size=500):
        remark.text_hash = text_hash(remark.proposed_wording)
        batch.append(remark)
        if len(batch) == 500:
            remarks.bulk_update(batch, ["text_hash"])
            batch = []
    remarks.bulk_update(batch, ["text_hash"])


class Migration(migrations.Migration):
    dependencies = [
        ("city", "0001_initial"),
        ("consultations", "0002_document"),
        ("legal", "0002_parameters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Survey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("during", "w czasie konsultacji"),
                            ("after", "po konsultacjach, dla uczestników"),
                        ],
                        default="during",
                        max_length=20,
                        verbose_name="kiedy",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="tytuł")),
                (
                    "lead",
                    models.TextField(
                        blank=True,
                        help_text="Po co pytasz i ile minut to zajmie. Prostym językiem.",
                        verbose_name="wstęp",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="opublikowano"),
                ),
                ("closes_at", models.DateTimeField(editable=False, null=True, verbose_name="koniec")),
            ],
            options={
                "verbose_name": "ankieta",
                "verbose_name_plural": "ankiety",
                "ordering": ["consultation", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SurveyAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "chosen",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "number",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="liczba"
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="odpowiedź")),
                ("is_shown", models.BooleanField(editable=False, null=True, verbose_name="na stronie")),
                ("moderated_at", models.DateTimeField(editable=False, null=True, verbose_name="sprawdzono")),
            ],
            options={
                "verbose_name": "odpowiedź w ankiecie",
                "verbose_name_plural": "odpowiedzi w ankietach",
                "ordering": [models.OrderBy(models.F("moderated_at"), nulls_first=True), "pk"],
            },
        ),
        migrations.CreateModel(
            name="SurveyQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=1, verbose_name="kolejność")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("one", "jedna odpowiedź"),
                            ("many", "kilka odpowiedzi"),
                            ("scale", "skala"),
                            ("number", "liczba"),
                            ("text", "własne słowa"),
                        ],
                        default="one",
                        max_length=20,
                        verbose_name="rodzaj",
                    ),
                ),
                ("text", models.CharField(max_length=500, verbose_name="pytanie")),
                ("hint", models.CharField(blank=True, max_length=300, verbose_name="podpowiedź")),
                (
                    "options",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="odpowiedzi",
                    ),
                ),
                ("lowest", models.IntegerField(blank=True, null=True, verbose_name="najmniej")),
                ("highest", models.IntegerField(blank=True, null=True, verbose_name="najwięcej")),
                ("is_required", models.BooleanField(default=False, verbose_name="obowiązkowe")),
            ],
            options={
                "verbose_name": "pytanie ankiety",
                "verbose_name_plural": "pytania ankiety",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SurveyResponse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("received_at", models.DateTimeField(verbose_name="wpłynęło")),
                ("form_key", models.UUIDField(editable=False, unique=True, verbose_name="klucz formularza")),
                ("link_key", models.CharField(blank=True, editable=False, max_length=64)),
            ],
            options={
                "verbose_name": "wypełniona ankieta",
                "verbose_name_plural": "wypełnione ankiety",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="remark",
            name="text_hash",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="submission",
            name="wants_survey",
            field=models.BooleanField(default=False, verbose_name="zgoda na krótką ankietę po konsultacjach"),
        ),
        migrations.AddIndex(
            model_name="remark",
            index=models.Index(fields=["consultation", "text_hash"], name="remark_same_text"),
        ),
        migrations.AddField(
            model_name="survey",
            name="consultation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="surveys",
                to="consultations.consultation",
                verbose_name="konsultacje",
            ),
        ),
        migrations.AddField(
            model_name="surveyanswer",
            name="moderated_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="sprawdził",
            ),
        ),
        migrations.AddField(
            model_name="surveyquestion",
            name="survey",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="questions",
                to="consultations.survey",
                verbose_name="ankieta",
            ),
        ),
        migrations.AddField(
            model_name="surveyanswer",
            name="question",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="consultations.surveyquestion",
                verbose_name="pytanie",
            ),
        ),
        migrations.AddField(
            model_name="surveyresponse",
            name="survey",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="responses",
                to="consultations.survey",
                verbose_name="ankieta",
            ),
        ),
        migrations.AddField(
            model_name="surveyanswer",
            name="response",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="answers",
                to="consultations.surveyresponse",
            ),
        ),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.UniqueConstraint(
                condition=models.Q(("purpose", "after")),
                fields=("consultation",),
                name="survey_of_participants_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyresponse",
            constraint=models.UniqueConstraint(
                condition=models.Q(("link_key", ""), _negated=True),
                fields=("survey", "link_key"),
                name="survey_link_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyanswer",
            constraint=models.UniqueConstraint(fields=("response", "question"), name="survey_answer_once"),
        ),
        migrations.RunPython(add_parameter, migrations.RunPython.noop),
        migrations.RunPython(know_same_texts, migrations.RunPython.noop),
    ]
