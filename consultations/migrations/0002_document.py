"""The document gets versions: what stands there now becomes version 1, and remarks find their point and stage."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.common.fields

BEFORE_NOTICE = ("draft", "planned")


def key_of(number):
    return number.lower().replace("§", "par").replace(" ", "")


def first_versions(apps, schema_editor):
    """Version 1 of every document, with the points it has."""
    Point = apps.get_model("consultations", "DocumentPoint")
    Version = apps.get_model("consultations", "DocumentVersion")
    Consultation = apps.get_model("consultations", "Consultation")
    owners = Point.objects.order_by().values("consultation").distinct()
    for case in Consultation.objects.filter(pk__in=owners).iterator():
        published_at = None if case.state in BEFORE_NOTICE else case.published_at
        version = Version.objects.create(
            consultation=case, number=1, created_at=case.published_at, published_at=published_at
        )
        points = list(Point.objects.filter(consultation=case))
        for point in points:
            point.version, point.key = version, key_of(point.number)
            point.kind = "heading" if point.is_heading else "paragraph"
        Point.objects.bulk_update(points, ["version", "key", "kind"], batch_size=500)


def place_remarks(apps, schema_editor):
    """Every remark to its point by number, and to the only stage, or the one of the day it came."""
    Point = apps.get_model("consultations", "DocumentPoint")
    Remark = apps.get_model("consultations", "Remark")
    Stage = apps.get_model("consultations", "ConsultationStage")
    same = Point.objects.filter(
        version__consultation=models.OuterRef("consultation"), number=models.OuterRef("part")
    )
    Remark.objects.exclude(part="").update(point=models.Subquery(same.values("pk")[:1]))
    for stage in Stage.objects.order_by("position", "pk").iterator():
        remarks = Remark.objects.filter(consultation=stage.consultation_id, stage=None)
        if Stage.objects.filter(consultation=stage.consultation_id).count() > 1:
            if stage.starts_on is None:
                continue
            remarks = remarks.filter(submission__received_at__date__gte=stage.starts_on)
            if stage.ends_on is not None:
                remarks = remarks.filter(submission__received_at__date__lte=stage.ends_on)
        remarks.update(stage=stage)


def points_of_latest(apps, schema_editor):
    """Backwards: only the points of the latest version of each document stay."""
    Point = apps.get_model("consultations", "DocumentPoint")
    Version = apps.get_model("consultations", "DocumentVersion")
    Remark = apps.get_model("consultations", "Remark")
    Remark.objects.update(point=None)
    latest = (
        Version.objects.filter(consultation=models.OuterRef("version__consultation"), is_preview=False)
        .order_by("-number")
        .values("pk")[:1]
    )
    Point.objects.exclude(version=models.Subquery(latest)).delete()
    for point in Point.objects.select_related("version").iterator():
        point.consultation_id = point.version.consultation_id
        point.is_heading = point.kind == "heading"
        point.number = point.number[:20]
        point.save(update_fields=["consultation", "is_heading", "number"])


def settle(apps, schema_editor):
    """Looks at the foreign keys now, so that the tables can be altered in the same transaction."""
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("consultations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DocumentVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(editable=False, verbose_name="wersja")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("consulted", "projekt poddany konsultacjom"),
                            ("after", "projekt po konsultacjach"),
                            ("adopted", "przyjęty akt"),
                        ],
                        default="consulted",
                        max_length=20,
                        verbose_name="co to jest",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=300, verbose_name="tytuł dokumentu")),
                ("reason", models.TextField(blank=True, verbose_name="powód zmiany")),
                (
                    "imported_from",
                    models.CharField(
                        blank=True, editable=False, max_length=255, verbose_name="wczytano z pliku"
                    ),
                ),
                (
                    "is_preview",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="podgląd przed zapisaniem"
                    ),
                ),
                ("created_at", models.DateTimeField(editable=False, null=True, verbose_name="utworzono")),
                (
                    "published_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="opublikowano"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="consultations.consultation",
                        verbose_name="konsultacje",
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="versions",
                        to="consultations.consultationstage",
                        verbose_name="etap",
                    ),
                ),
            ],
            options={
                "verbose_name": "wersja dokumentu",
                "verbose_name_plural": "wersje dokumentu",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("consultation", "number"), name="document_version_once")
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="documentpoint", name="document_point_once"),
        migrations.AlterField(
            model_name="documentpoint",
            name="number",
            field=models.CharField(max_length=40, verbose_name="numer"),
        ),
        migrations.AddField(
            model_name="documentpoint",
            name="version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="points",
                to="consultations.documentversion",
                verbose_name="wersja",
            ),
        ),
        migrations.AddField(
            model_name="documentpoint",
            name="key",
            field=models.CharField(default="", max_length=60, verbose_name="adres"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="documentpoint",
            name="kind",
            field=models.CharField(
                choices=[
                    ("heading", "rozdział"),
                    ("paragraph", "akapit"),
                    ("list", "lista"),
                    ("table", "tabela"),
                ],
                default="paragraph",
                max_length=20,
                verbose_name="rodzaj",
            ),
        ),
        migrations.AddField(
            model_name="documentpoint",
            name="level",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="poziom"),
        ),
        migrations.AddField(
            model_name="documentpoint",
            name="html",
            field=core.common.fields.RichTextField(blank=True, default="", verbose_name="treść z układem"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="remark",
            name="point",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="remarks",
                to="consultations.documentpoint",
                verbose_name="punkt dokumentu",
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="stage",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="remarks",
                to="consultations.consultationstage",
                verbose_name="etap",
            ),
        ),
        migrations.AlterField(
            model_name="documentpoint",
            name="consultation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="points",
                to="consultations.consultation",
            ),
        ),
        migrations.RunPython(settle, settle),
        migrations.RunPython(first_versions, points_of_latest),
        migrations.RunPython(place_remarks, migrations.RunPython.noop),
        migrations.RunPython(settle, settle),
        migrations.RemoveField(model_name="documentpoint", name="consultation"),
        migrations.RemoveField(model_name="documentpoint", name="is_heading"),
        migrations.AlterField(
            model_name="documentpoint",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="points",
                to="consultations.documentversion",
                verbose_name="wersja",
            ),
        ),
        migrations.AddConstraint(
            model_name="documentpoint",
            constraint=models.UniqueConstraint(fields=("version", "number"), name="document_point_once"),
        ),
        migrations.AddConstraint(
            model_name="documentpoint",
            constraint=models.UniqueConstraint(fields=("version", "key"), name="document_key_once"),
        ),
    ]
