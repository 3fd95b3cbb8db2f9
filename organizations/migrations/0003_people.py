"""People of an organisation: acts together, invitations, help in one matter, the log; states of what was there."""

from datetime import date

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

# code, label, value, unit
PARAMETERS = [
    ("registry_decision_days", "Czas urzędu na decyzję w kolejce rejestru organizacji", 5, "dni robocze"),
    ("mandate_reminder_days", "Ile dni przed końcem upoważnienia portal przypomina", 30, "dni"),
    ("mandate_renewal_days", "Ile dni przed końcem można prosić o przedłużenie upoważnienia", 60, "dni"),
    ("invitation_valid_days", "Jak długo działa zaproszenie do organizacji", 14, "dni"),
    ("representation_consent_days", "Czas na zgodę współreprezentantów", 14, "dni"),
    ("access_log_days", "Jak długo organizacja widzi swój dziennik dostępu", 730, "dni"),
]


def add_parameters(apps, schema_editor):
    parameter = apps.get_model("legal", "LegalParameter")
    for code, label, value, unit in PARAMETERS:
        parameter.objects.get_or_create(
            code=code,
            valid_from=date(2004, 1, 1),
            defaults={"label": label, "value": value, "unit": unit, "source": "ustawienie miasta"},
        )


def add_states(apps, schema_editor):
    """What was decided before there were states gets the state that its dates tell."""
    mandates = apps.get_model("organizations", "Mandate").objects
    mandates.filter(ended_at=None, verified_at__isnull=False).update(
        state="granted", state_since=models.F("verified_at")
    )
    mandates.filter(ended_at__isnull=False, verified_at=None).update(
        state="refused", state_since=models.F("ended_at")
    )
    mandates.filter(ended_at__isnull=False, verified_at__isnull=False).update(
        state="ended", state_since=models.F("ended_at")
    )
    mandates.filter(state="requested").update(state_since=models.F("requested_at"))
    revisions = apps.get_model("organizations", "IdentityRevision").objects
    revisions.update(state_since=models.F("proposed_at"), changed_at=models.F("proposed_at"))
    revisions.filter(is_approved=True).update(state="approved", state_since=models.F("decided_at"))
    revisions.filter(is_approved=False).update(state="rejected", state_since=models.F("decided_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("legal", "0002_parameters"),
        ("organizations", "0002_registration"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="kiedy")),
                ("is_office", models.BooleanField(default=False, verbose_name="urząd")),
                ("verb", models.CharField(max_length=80, verbose_name="czynność")),
                ("label", models.CharField(blank=True, max_length=300, verbose_name="czego dotyczy")),
            ],
            options={
                "verbose_name": "wpis dziennika dostępu",
                "verbose_name_plural": "dziennik dostępu",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("given_at", models.DateTimeField(verbose_name="zgoda z")),
            ],
            options={
                "verbose_name": "zgoda",
                "verbose_name_plural": "zgody",
                "ordering": ["given_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state_since",
                    models.DateTimeField(editable=False, null=True, verbose_name="w tym stanie od"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("awaiting_consent", "czeka na zgodę współreprezentantów"),
                            ("sent", "wysłane"),
                            ("accepted", "przyjęte"),
                            ("declined", "odrzucone"),
                            ("revoked", "cofnięte"),
                            ("expired", "wygasłe"),
                        ],
                        default="sent",
                        editable=False,
                        max_length=20,
                        verbose_name="stan",
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="adres e-mail")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("ngo_representative", "osoba uprawniona do reprezentacji"),
                            ("ngo_editor", "redaktor organizacji"),
                            ("helper", "pomoc z zewnątrz w jednej sprawie"),
                        ],
                        max_length=20,
                        verbose_name="rola",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="od")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="do")),
                (
                    "note",
                    models.TextField(blank=True, max_length=1000, verbose_name="kilka słów do tej osoby"),
                ),
                ("subject_kind", models.CharField(blank=True, max_length=80)),
                ("subject_id", models.BigIntegerField(null=True)),
                ("matter_label", models.CharField(blank=True, max_length=300, verbose_name="sprawa")),
                ("may_edit", models.BooleanField(default=False, verbose_name="może zmieniać")),
                ("may_file", models.BooleanField(default=False, verbose_name="może wysłać do urzędu")),
                ("token_hash", models.CharField(blank=True, editable=False, max_length=64)),
                ("sent_at", models.DateTimeField(null=True, verbose_name="wysłano")),
                ("times_sent", models.PositiveSmallIntegerField(default=0)),
                ("expires_at", models.DateTimeField(null=True, verbose_name="ważne do")),
                ("invited_at", models.DateTimeField(verbose_name="utworzono")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="odpowiedź z")),
            ],
            options={
                "verbose_name": "zaproszenie",
                "verbose_name_plural": "zaproszenia",
                "ordering": ["-invited_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="MatterAccess",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject_kind", models.CharField(max_length=80)),
                ("subject_id", models.BigIntegerField()),
                ("label", models.CharField(max_length=300, verbose_name="sprawa")),
                ("may_edit", models.BooleanField(default=False, verbose_name="może zmieniać")),
                ("may_file", models.BooleanField(default=False, verbose_name="może wysłać do urzędu")),
                ("until", models.DateField(blank=True, null=True, verbose_name="do")),
                ("granted_at", models.DateTimeField(verbose_name="dano dostęp")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="odebrano dostęp")),
                ("revoke_reason", models.TextField(blank=True, verbose_name="powód")),
            ],
            options={
                "verbose_name": "dostęp do jednej sprawy",
                "verbose_name_plural": "dostępy do jednej sprawy",
                "ordering": ["-granted_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="RepresentationAct",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject_kind", models.CharField(max_length=80)),
                ("subject_id", models.BigIntegerField()),
                (
                    "state_since",
                    models.DateTimeField(editable=False, null=True, verbose_name="w tym stanie od"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "czeka na zgodę współreprezentantów"),
                            ("agreed", "uzgodniona i wykonana"),
                            ("refused", "brak zgody"),
                            ("withdrawn", "wycofana"),
                            ("expired", "wygasła"),
                        ],
                        default="waiting",
                        editable=False,
                        max_length=20,
                        verbose_name="stan",
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="czynność")),
                ("summary", models.TextField(max_length=2000, verbose_name="na czym polega")),
                ("required", models.PositiveSmallIntegerField(verbose_name="ile osób musi się zgodzić")),
                ("started_at", models.DateTimeField(verbose_name="rozpoczęto")),
                ("expires_at", models.DateTimeField(verbose_name="zgody do")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="zamknięto")),
                ("close_reason", models.TextField(blank=True, verbose_name="powód zamknięcia")),
            ],
            options={
                "verbose_name": "czynność wymagająca reprezentacji",
                "verbose_name_plural": "czynności wymagające reprezentacji",
                "ordering": ["-started_at", "-pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="mandate",
            name="mandate_once",
        ),
        migrations.AddField(
            model_name="dossier",
            name="manner",
            field=models.CharField(
                choices=[("alone", "każda osoba samodzielnie"), ("jointly", "kilka osób łącznie")],
                default="alone",
                max_length=10,
                verbose_name="kto działa za organizację",
            ),
        ),
        migrations.AddField(
            model_name="dossier",
            name="manner_count",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="ile osób działa łącznie"),
        ),
        migrations.AddField(
            model_name="identityrevision",
            name="changed_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="ostatnio uzupełniono"),
        ),
        migrations.AddField(
            model_name="identityrevision",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "czeka na decyzję urzędu"),
                    ("approved", "zatwierdzona"),
                    ("rejected", "odrzucona"),
                    ("withdrawn", "wycofana"),
                ],
                default="waiting",
                editable=False,
                max_length=20,
                verbose_name="stan",
            ),
        ),
        migrations.AddField(
            model_name="identityrevision",
            name="state_since",
            field=models.DateTimeField(editable=False, null=True, verbose_name="w tym stanie od"),
        ),
        migrations.AddField(
            model_name="mandate",
            name="renews",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="renewals",
                to="organizations.mandate",
            ),
        ),
        migrations.AddField(
            model_name="mandate",
            name="state",
            field=models.CharField(
                choices=[
                    ("requested", "czeka na decyzję"),
                    ("returned", "zwrócone do uzupełnienia"),
                    ("granted", "nadane"),
                    ("refused", "odmówione"),
                    ("withdrawn", "wycofane"),
                    ("ended", "zakończone"),
                ],
                default="requested",
                editable=False,
                max_length=20,
                verbose_name="stan",
            ),
        ),
        migrations.AddField(
            model_name="mandate",
            name="state_since",
            field=models.DateTimeField(editable=False, null=True, verbose_name="w tym stanie od"),
        ),
        migrations.AddField(
            model_name="mandate",
            name="word_read_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="urząd przeczytał"
            ),
        ),
        migrations.AddField(
            model_name="mandate",
            name="word_read_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="mandate",
            name="word_to_office",
            field=models.TextField(
                blank=True, editable=False, max_length=1000, verbose_name="słowo do urzędu"
            ),
        ),
        migrations.AddIndex(
            model_name="mandate",
            index=models.Index(
                condition=models.Q(("state", "requested")), fields=["requested_at"], name="mandate_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None), ("verified_at", None)),
                fields=("user", "organization", "role"),
                name="mandate_asked_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None), ("verified_at__isnull", False)),
                fields=("user", "organization", "role"),
                name="mandate_held_once",
            ),
        ),
        migrations.AddField(
            model_name="accessentry",
            name="by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="kto",
            ),
        ),
        migrations.AddField(
            model_name="accessentry",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="access_entries",
                to="organizations.organization",
                verbose_name="organizacja",
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="osoba",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="answered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="invited_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="zaprasza",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="mandate",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="organizations.mandate",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="invitations",
                to="organizations.organization",
                verbose_name="organizacja",
            ),
        ),
        migrations.AddField(
            model_name="matteraccess",
            name="granted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="matteraccess",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="matter_accesses",
                to="organizations.organization",
                verbose_name="organizacja",
            ),
        ),
        migrations.AddField(
            model_name="matteraccess",
            name="revoked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="matteraccess",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="matter_accesses",
                to=settings.AUTH_USER_MODEL,
                verbose_name="osoba",
            ),
        ),
        migrations.AddField(
            model_name="representationact",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="acts",
                to="organizations.organization",
                verbose_name="organizacja",
            ),
        ),
        migrations.AddField(
            model_name="representationact",
            name="started_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="kto rozpoczął",
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="act",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="consents",
                to="organizations.representationact",
            ),
        ),
        migrations.AddIndex(
            model_name="accessentry",
            index=models.Index(fields=["organization", "-at"], name="access_entry_own"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accessentry",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7e548ae86d9d8e193731de769231e5878768969b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c1aac",
                    table="organizations_accessentry",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(fields=["state", "expires_at"], name="invitation_expiring"),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("token_hash", ""), _negated=True),
                fields=("token_hash",),
                name="invitation_token",
            ),
        ),
        migrations.AddIndex(
            model_name="matteraccess",
            index=models.Index(fields=["user", "subject_kind"], name="matter_access_user"),
        ),
        migrations.AddConstraint(
            model_name="matteraccess",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at", None)),
                fields=("user", "subject_kind", "subject_id"),
                name="matter_access_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="matteraccess",
            constraint=models.CheckConstraint(
                condition=models.Q(("may_file", False), ("may_edit", models.F("may_file")), _connector="OR"),
                name="matter_access_files_edits",
            ),
        ),
        migrations.AddIndex(
            model_name="representationact",
            index=models.Index(fields=["state", "expires_at"], name="act_expiring"),
        ),
        migrations.AddConstraint(
            model_name="representationact",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")),
                fields=("organization", "kind", "subject_kind", "subject_id"),
                name="act_waiting_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.UniqueConstraint(fields=("act", "user"), name="consent_once"),
        ),
        migrations.RunPython(add_parameters, migrations.RunPython.noop),
        migrations.RunPython(add_states, migrations.RunPython.noop),
    ]
