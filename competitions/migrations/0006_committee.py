"""Committee, cards, proposal and questions for reasons; their default rules as dated parameters."""

import datetime
from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import core.common.fields

PARAMETERS = [
    ("reviewers_per_offer", "Ile osób ocenia każdą ofertę, wartość domyślna", 3, "osoby", "zasada portalu"),
    ("score_divergence", "Różnica ocen, przy której komisja rozmawia jeszcze raz", 30, "%", "R-CALL-32"),
    ("score_justification", "Najkrótsze uzasadnienie przy kryterium", 50, "znaki", "R-CALL-35"),
    ("reason_answer", "Czas na odpowiedź na pytanie o uzasadnienie", 14, "dni", "zasada portalu"),
    (
        "candidate_retention",
        "Ile lat po roku bazy trzymamy dane kandydatek i kandydatów do komisji",
        1,
        "lata",
        "R-WEB-11",
    ),
    ("committee_retention", "Ile lat po roku konkursu trzymamy dane osób z komisji", 5, "lata", "R-WEB-11"),
]


def add(apps, schema_editor):
    parameters = apps.get_model("legal", "LegalParameter")
    for code, label, value, unit, source in PARAMETERS:
        parameters.objects.get_or_create(
            code=code,
            valid_from=datetime.date(2019, 1, 1),
            defaults={"label": label, "value": value, "unit": unit, "source": source},
        )


class Migration(migrations.Migration):
    dependencies = [
        ("city", "0001_initial"),
        ("competitions", "0005_formal_check"),
        ("organizations", "0001_initial"),
        ("legal", "0002_parameters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="award",
            name="offer",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="award",
                to="competitions.offer",
            ),
        ),
        migrations.AddField(
            model_name="rejectedoffer",
            name="offer",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="published_rejection",
                to="competitions.offer",
            ),
        ),
        migrations.AddField(
            model_name="rejectedoffer",
            name="reason_code",
            field=models.CharField(blank=True, editable=False, max_length=60, verbose_name="kod powodu"),
        ),
        migrations.CreateModel(
            name="AwardProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mean", models.DecimalField(decimal_places=2, max_digits=6, verbose_name="średnia")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("awarded", "dotacja przyznana"),
                            ("reserve", "lista rezerwowa"),
                            ("below_threshold", "poniżej progu punktowego"),
                            ("not_awarded", "bez dotacji"),
                        ],
                        max_length=20,
                        verbose_name="propozycja",
                    ),
                ),
                (
                    "amount",
                    core.common.fields.MoneyField(
                        decimal_places=2, default=0, max_digits=14, verbose_name="kwota"
                    ),
                ),
                ("by_year", models.JSONField(default=dict, verbose_name="kwoty według lat")),
                (
                    "tie_reason",
                    models.TextField(blank=True, verbose_name="powód kolejności przy równych punktach"),
                ),
                ("saved_at", models.DateTimeField(verbose_name="zapisano")),
                (
                    "offer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposal",
                        to="competitions.offer",
                        verbose_name="oferta",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "propozycja dla oferty",
                "verbose_name_plural": "propozycje dla ofert",
                "ordering": ["-mean", "offer_id"],
            },
        ),
        migrations.CreateModel(
            name="Committee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "candidates_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="Puste: do końca naboru ofert.",
                        null=True,
                        verbose_name="nabór kandydatek i kandydatów do",
                    ),
                ),
                (
                    "ordinance_number",
                    models.CharField(
                        blank=True, editable=False, max_length=120, verbose_name="numer zarządzenia"
                    ),
                ),
                ("appointed_at", models.DateTimeField(editable=False, null=True, verbose_name="powołano")),
                (
                    "ngo_absence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none_named", "nikogo nie wskazano"),
                            ("did_not_come", "wskazane osoby nie przyszły"),
                            ("all_excluded", "wszystkie wskazane osoby są wyłączone"),
                        ],
                        help_text="Przypadek z art. 15 ust. 2da; zapisze się w protokole. Puste: osoby wskazane są w komisji.",
                        max_length=20,
                        verbose_name="praca bez osób wskazanych przez organizacje",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[("mean", "osobne karty i średnia"), ("consensus", "jedna wspólna karta")],
                        default="mean",
                        max_length=20,
                        verbose_name="sposób oceny",
                    ),
                ),
                (
                    "reviewers_per_offer",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(15),
                        ],
                        verbose_name="ile osób ocenia każdą ofertę",
                    ),
                ),
                (
                    "score_step",
                    models.DecimalField(
                        choices=[(Decimal("1.00"), "1 punkt"), (Decimal("0.50"), "pół punktu")],
                        decimal_places=2,
                        default=Decimal("1.00"),
                        max_digits=3,
                        verbose_name="punkty co",
                    ),
                ),
                (
                    "least_justification",
                    models.PositiveSmallIntegerField(
                        default=50,
                        validators=[django.core.validators.MaxValueValidator(1000)],
                        verbose_name="najkrótsze uzasadnienie (znaki)",
                    ),
                ),
                (
                    "divergence_percent",
                    models.DecimalField(
                        decimal_places=2,
                        default=30,
                        help_text="Między najwyższą a najniższą oceną, w procentach największej liczby punktów.",
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="różnica, przy której komisja rozmawia jeszcze raz (%)",
                    ),
                ),
                ("scores_due_at", models.DateTimeField(blank=True, null=True, verbose_name="oceny do")),
                (
                    "proposal_reason",
                    models.TextField(
                        blank=True, editable=False, verbose_name="uzasadnienie propozycji podziału"
                    ),
                ),
                (
                    "call",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="committee",
                        to="competitions.call",
                        verbose_name="konkurs",
                    ),
                ),
            ],
            options={
                "verbose_name": "komisja konkursowa",
                "verbose_name_plural": "komisje konkursowe",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="CommitteeCandidate",
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
                            ("named", "czeka na zgodę osoby"),
                            ("applied", "zgłoszona"),
                            ("accepted", "w bazie kandydatów"),
                            ("refused", "nieprzyjęta"),
                            ("withdrawn", "wycofana"),
                        ],
                        default="applied",
                        editable=False,
                        max_length=20,
                        verbose_name="stan",
                    ),
                ),
                ("full_name", models.CharField(max_length=200, verbose_name="imię i nazwisko")),
                ("email", models.EmailField(max_length=254, verbose_name="adres e-mail")),
                ("phone", models.CharField(blank=True, max_length=60, verbose_name="telefon")),
                ("year", models.PositiveSmallIntegerField(verbose_name="rok bazy")),
                ("experience", models.TextField(max_length=3000, verbose_name="doświadczenie")),
                (
                    "has_full_rights",
                    models.BooleanField(default=False, verbose_name="oświadczenie o pełni praw publicznych"),
                ),
                (
                    "consented_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="zgoda na przetwarzanie danych"
                    ),
                ),
                ("applied_at", models.DateTimeField(editable=False, verbose_name="zgłoszono")),
                ("erased_at", models.DateTimeField(editable=False, null=True, verbose_name="dane usunięto")),
                (
                    "call",
                    models.ForeignKey(
                        blank=True,
                        help_text="Puste: baza roczna.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="candidates",
                        to="competitions.call",
                        verbose_name="konkurs",
                    ),
                ),
                (
                    "named_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "naming_organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="named_candidates",
                        to="organizations.organization",
                        verbose_name="organizacja, która wskazuje",
                    ),
                ),
                (
                    "organizations",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="organizacje, w których działa",
                    ),
                ),
                (
                    "spheres",
                    models.ManyToManyField(related_name="+", to="city.tasksphere", verbose_name="sfery"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "kandydatura do komisji",
                "verbose_name_plural": "kandydatury do komisji",
                "ordering": ["-year", "full_name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="CommitteeDraw",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seed", models.CharField(max_length=64, verbose_name="ziarno losowania")),
                ("pool", models.JSONField(default=list, verbose_name="numery kandydatur w puli")),
                ("drawn", models.JSONField(default=list, verbose_name="wylosowane, w kolejności")),
                ("seats", models.PositiveSmallIntegerField(verbose_name="liczba miejsc")),
                ("at", models.DateTimeField(verbose_name="kiedy")),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draws",
                        to="competitions.committee",
                    ),
                ),
            ],
            options={
                "verbose_name": "losowanie do komisji",
                "verbose_name_plural": "losowania do komisji",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="CommitteeMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("full_name", models.CharField(max_length=200, verbose_name="imię i nazwisko")),
                (
                    "seat",
                    models.CharField(
                        choices=[
                            ("office", "z urzędu"),
                            ("ngo", "wskazana przez organizacje"),
                            ("expert", "ekspert z głosem doradczym"),
                        ],
                        max_length=20,
                        verbose_name="miejsce",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("chair", "przewodniczenie"),
                            ("deputy", "zastępstwo w przewodniczeniu"),
                            ("member", "członkostwo"),
                        ],
                        default="member",
                        max_length=20,
                        verbose_name="rola",
                    ),
                ),
                ("added_at", models.DateTimeField(verbose_name="dodano")),
                ("removed_at", models.DateTimeField(null=True, verbose_name="odwołano")),
                ("removal_reason", models.TextField(blank=True, verbose_name="powód odwołania")),
                (
                    "candidate",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="seats",
                        to="competitions.committeecandidate",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="competitions.committee",
                    ),
                ),
                (
                    "naming_organization",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="organizacja, która wskazała",
                    ),
                ),
                (
                    "organizations",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="organizacje, w których działa",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="committee_seats",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="osoba",
                    ),
                ),
            ],
            options={
                "verbose_name": "osoba w komisji",
                "verbose_name_plural": "osoby w komisji",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="CommitteeMeeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="początek")),
                ("place", models.CharField(max_length=300, verbose_name="miejsce")),
                ("agenda", models.TextField(blank=True, verbose_name="porządek obrad")),
                ("notes", models.TextField(blank=True, verbose_name="przebieg")),
                (
                    "held_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="zapisano obecność"),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meetings",
                        to="competitions.committee",
                    ),
                ),
                (
                    "present",
                    models.ManyToManyField(
                        blank=True,
                        related_name="meetings",
                        to="competitions.committeemember",
                        verbose_name="obecne osoby",
                    ),
                ),
            ],
            options={
                "verbose_name": "posiedzenie komisji",
                "verbose_name_plural": "posiedzenia komisji",
                "ordering": ["starts_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AccessRefusal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("named_by", "wskazała tę osobę organizacja, która bierze udział w konkursie"),
                            ("own", "ta osoba działa w organizacji, która bierze udział w konkursie"),
                            ("declared", "ta osoba zgłosiła konflikt interesów"),
                        ],
                        max_length=20,
                        verbose_name="powód",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="kiedy")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="competitions.callpart",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refusals",
                        to="competitions.committeemember",
                    ),
                ),
            ],
            options={
                "verbose_name": "zamknięcie dostępu",
                "verbose_name_plural": "zamknięcia dostępu",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ImpartialityDeclaration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="kiedy")),
                (
                    "organizations",
                    models.JSONField(default=list, verbose_name="numery organizacji na liście"),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declarations",
                        to="competitions.committeemember",
                    ),
                ),
            ],
            options={
                "verbose_name": "oświadczenie o bezstronności",
                "verbose_name_plural": "oświadczenia o bezstronności",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="DeclaredConflict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("membership", "działam w tej organizacji albo w jej władzach"),
                            ("work", "pracuję dla niej albo jej doradzam"),
                            ("family", "bliska mi osoba działa w niej lub pracuje"),
                            ("dispute", "jestem z nią w sporze"),
                            ("other", "inny powód, który budzi wątpliwość co do bezstronności"),
                        ],
                        max_length=20,
                        verbose_name="rodzaj",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="wyjaśnienie")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
                (
                    "declaration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflicts",
                        to="competitions.impartialitydeclaration",
                    ),
                ),
            ],
            options={
                "verbose_name": "zgłoszony konflikt interesów",
                "verbose_name_plural": "zgłoszone konflikty interesów",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ReasonRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(max_length=3000, verbose_name="pytanie")),
                ("email", models.EmailField(max_length=254, verbose_name="adres do odpowiedzi")),
                ("asked_at", models.DateTimeField(editable=False, verbose_name="zapytano")),
                ("due_on", models.DateField(editable=False, verbose_name="odpowiedź do")),
                ("answer", models.TextField(blank=True, max_length=10000, verbose_name="odpowiedź")),
                (
                    "is_public",
                    models.BooleanField(
                        default=False,
                        help_text="Tylko bez nazwisk i innych danych osób. Odpowiedź wyślemy zawsze także osobie, która pyta.",
                        verbose_name="pokaż pytanie i odpowiedź na stronie wyników",
                    ),
                ),
                (
                    "answered_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="odpowiedziano"),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "award",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reason_requests",
                        to="competitions.award",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reason_requests",
                        to="competitions.call",
                        verbose_name="konkurs",
                    ),
                ),
                (
                    "rejected",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reason_requests",
                        to="competitions.rejectedoffer",
                    ),
                ),
            ],
            options={
                "verbose_name": "pytanie o uzasadnienie",
                "verbose_name_plural": "pytania o uzasadnienie",
                "ordering": ["asked_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ScoreCard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="numer oceniającej osoby")),
                ("is_consensus", models.BooleanField(default=False, verbose_name="wspólna karta komisji")),
                ("assigned_at", models.DateTimeField(verbose_name="przydzielono")),
                ("saved_at", models.DateTimeField(null=True, verbose_name="zapisano")),
                ("signed_at", models.DateTimeField(null=True, verbose_name="podpisano")),
                (
                    "total",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=6, verbose_name="suma punktów"
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="cofnięto")),
                ("withdrawn_because", models.TextField(blank=True, verbose_name="powód cofnięcia")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cards",
                        to="competitions.committeemember",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cards",
                        to="competitions.offer",
                        verbose_name="oferta",
                    ),
                ),
            ],
            options={
                "verbose_name": "karta oceny",
                "verbose_name_plural": "karty oceny",
                "ordering": ["offer", "number"],
            },
        ),
        migrations.CreateModel(
            name="CardScore",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "points",
                    models.DecimalField(decimal_places=2, max_digits=6, null=True, verbose_name="punkty"),
                ),
                ("sub_points", models.JSONField(default=dict, verbose_name="punkty podkryteriów")),
                ("justification", models.TextField(blank=True, verbose_name="uzasadnienie")),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="competitions.callcriterion",
                    ),
                ),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scores",
                        to="competitions.scorecard",
                    ),
                ),
            ],
            options={
                "verbose_name": "wiersz karty oceny",
                "verbose_name_plural": "wiersze kart oceny",
                "ordering": ["criterion__position", "criterion_id"],
            },
        ),
        migrations.CreateModel(
            name="ScoreChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="kiedy")),
                (
                    "points_before",
                    models.DecimalField(decimal_places=2, max_digits=6, verbose_name="punkty przed"),
                ),
                (
                    "points_after",
                    models.DecimalField(decimal_places=2, max_digits=6, verbose_name="punkty po"),
                ),
                ("text_before", models.TextField(blank=True, verbose_name="uzasadnienie przed")),
                ("text_after", models.TextField(blank=True, verbose_name="uzasadnienie po")),
                ("reason", models.TextField(verbose_name="powód zmiany")),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="competitions.scorecard",
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="competitions.callcriterion",
                    ),
                ),
            ],
            options={
                "verbose_name": "zmiana podpisanej oceny",
                "verbose_name_plural": "zmiany podpisanych ocen",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SecondLook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("note", models.TextField(verbose_name="co ustaliła komisja")),
                ("at", models.DateTimeField(verbose_name="kiedy")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="second_looks",
                        to="competitions.committeemeeting",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="second_looks",
                        to="competitions.offer",
                    ),
                ),
            ],
            options={
                "verbose_name": "ponowna rozmowa o ofercie",
                "verbose_name_plural": "ponowne rozmowy o ofertach",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SubCriterion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.TextField(verbose_name="podkryterium")),
                (
                    "max_points",
                    models.DecimalField(decimal_places=2, max_digits=6, verbose_name="najwięcej punktów"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="kolejność")),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subs",
                        to="competitions.callcriterion",
                    ),
                ),
            ],
            options={
                "verbose_name": "podkryterium oceny",
                "verbose_name_plural": "podkryteria oceny",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.AddIndex(
            model_name="committeecandidate",
            index=models.Index(fields=["year", "state"], name="candidate_year_state"),
        ),
        migrations.AddConstraint(
            model_name="committeecandidate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["named", "applied", "accepted"])),
                fields=("email", "call", "year"),
                name="candidate_once",
                nulls_distinct=False,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="committeedraw",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5a6c03e14fc38c3498329f8f763403e5663ff9bc",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_6fb06",
                    table="competitions_committeedraw",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="committeemember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("removed_at__isnull", True)),
                fields=("committee", "user"),
                name="committee_member_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="committeemember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("removed_at__isnull", True), ("role", "chair")),
                fields=("committee",),
                name="committee_one_chair",
            ),
        ),
        migrations.AddConstraint(
            model_name="accessrefusal",
            constraint=models.UniqueConstraint(
                fields=("member", "kind", "organization", "part"),
                name="access_refused_once",
                nulls_distinct=False,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accessrefusal",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="829db7087395e55f758139c9cce32bb8ac38b6a6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_41545",
                    table="competitions_accessrefusal",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="impartialitydeclaration",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d221919098c290a8d86671db0230e23abadd1bd3",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_61508",
                    table="competitions_impartialitydeclaration",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="declaredconflict",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="8bfe3dafc2d66e55d8d965493cbdaa427fabd31a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_81914",
                    table="competitions_declaredconflict",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="scorecard",
            constraint=models.UniqueConstraint(fields=("member", "offer"), name="card_once"),
        ),
        migrations.AddConstraint(
            model_name="scorecard",
            constraint=models.UniqueConstraint(fields=("offer", "number"), name="card_number_once"),
        ),
        migrations.AddConstraint(
            model_name="cardscore",
            constraint=models.UniqueConstraint(fields=("card", "criterion"), name="card_score_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="scorechange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="526f1d3faef50c2ed5fd6f98cf3ec3bf50042d71",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d373e",
                    table="competitions_scorechange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="secondlook",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d691f5c976ba81467a70fb81fb9a6988dfd30715",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3c30c",
                    table="competitions_secondlook",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunPython(add, migrations.RunPython.noop),
    ]
