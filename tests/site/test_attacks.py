"""What somebody with bad intent would try: no account, an ordinary one, another organisation's, another unit's."""

import json
import logging
from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.test import Client, RequestFactory

from core.accounts.models import User
from core.accounts.roles import Role
from core.city.models import OrganizationalUnit, RoleGrant
from core.common.antispam import is_too_often
from core.common.logs import JsonFormatter

pytestmark = pytest.mark.usefixtures("demo")

CLERK, COORDINATOR, SECRETARY = "urzednik", "koordynator", "sekretarz"


def as_person(key: str = "") -> Client:
    client = Client(raise_request_exception=False)
    if key:
        client.force_login(User.objects.get(email=f"{key}@example.org"))
    return client


def official(key: str, *roles: Role, unit: OrganizationalUnit | None = None) -> Client:
    """An official with just these roles."""
    user, _is_new = User.objects.get_or_create(email=f"{key}@example.org", defaults={"is_staff": True})
    for role in roles:
        RoleGrant.objects.get_or_create(user=user, role=role, unit=unit)
    return as_person(key)


# --- odd input --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "messages", "jezyk", "wyglad"])
def test_a_nul_in_a_quoted_cookie_is_no_fault_of_ours(name):
    response = as_person().get("/moje/", headers={"cookie": f'{name}="\\000abcdefghijk"'})

    assert response.status_code == 400


def test_a_feed_survives_control_characters_in_a_title():
    from communication.models import NewsItem

    item = NewsItem.objects.published().latest("published_at")
    NewsItem.objects.filter(pk=item.pk).update(lead="a\x0bb\x01c", title="d\x08e")

    for address in [
        "/aktualnosci/rss/",
        "/aktualnosci/?format=rss",
        "/aktualnosci/?format=xlsx",
        "/kalendarz/?format=ics",
    ]:
        assert as_person().get(address).status_code == 200, address


# --- many at once, behind a proxy -------------------------------------------------------------------


def test_visitors_behind_our_proxy_have_a_limit_each(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    cache.clear()
    posts = [RequestFactory().post("/", headers={"x-forwarded-for": f"192.0.2.{n}"}) for n in (1, 2)]

    assert not any(is_too_often(post, "attack", limit=1, within=timedelta(1)) for post in posts)


def test_a_forged_address_in_front_of_the_proxys_does_not_lift_the_limit(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    cache.clear()
    posts = [
        RequestFactory().post("/", headers={"x-forwarded-for": f"10.0.0.{n}, 192.0.2.1"}) for n in (1, 2)
    ]

    assert [is_too_often(post, "attack", limit=1, within=timedelta(1)) for post in posts] == [False, True]


def test_keys_in_addresses_do_not_reach_the_log_of_refused_requests():
    path = "/konsultacje/zgloszenie/NQ:1wXyZa:kJ3x_AbCdEfGh/"
    record = logging.LogRecord(
        "django.security.csrf", logging.WARNING, "", 0, "Forbidden (%s): %s", ("x", path), None
    )

    assert (
        json.loads(JsonFormatter().format(record))["event"]
        == "Forbidden (x): /konsultacje/zgloszenie/<klucz>/"
    )


# --- the desk: what is not shown cannot be guessed --------------------------------------------------

ORACLES = [
    (Role.ADMIN, "accounts/user", "password__startswith"),
    (Role.ADMIN, "accounts/user", "calendar_token__startswith"),
    (Role.AUDITOR, "notifications/outboxmail", "text__contains"),
    (Role.AUDITOR, "notifications/outboxmail", "html__regex"),
    (Role.AUDITOR, "notifications/outboxmail", "to__startswith"),
    (Role.AUDITOR, "communication/subscriber", "settings_token__startswith"),
    (Role.AUDITOR, "communication/subscriber", "email__startswith"),
    (Role.COORDINATOR, "notifications/outboxmail", "text__contains"),
    (Role.AUDITOR, "city/rolegrant", "user__password__startswith"),
]


@pytest.mark.parametrize(("role", "desk", "lookup"), ORACLES)
def test_no_column_is_guessed_through_the_address_of_a_list(role, desk, lookup):
    client = official(f"szpieg-{role}", role)

    assert client.get(f"/admin/{desk}/").status_code == 200
    assert client.get(f"/admin/{desk}/", {lookup: "a"}).status_code == 400


@pytest.mark.parametrize("person", [CLERK, COORDINATOR])
def test_filters_that_the_lists_offer_still_work(person):
    client = as_person(person)
    for model in list(admin.site._registry):
        address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        page = client.get(address)
        if page.status_code == 403:
            continue
        for spec in page.context["cl"].filter_specs:
            last = list(spec.choices(page.context["cl"]))[-1]
            assert client.get(address + last["query_string"]).status_code == 200, (address, last)


# --- the desk: rows of other units ------------------------------------------------------------------


@pytest.mark.parametrize("junk", ["NaN", "\ufeffx", "9" * 40])
def test_a_key_that_is_none_breaks_no_list_and_no_form_of_the_desk(junk):
    chief = Client(raise_request_exception=False)
    request = RequestFactory().get("/")
    request.user = User.objects.create_superuser(email=f"{len(junk)}@naczelna.example", password="x")
    chief.force_login(request.user)
    broken, acts = [], 0
    for model, owner in admin.site._registry.items():
        base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        names = dict.fromkeys(owner.get_autocomplete_fields(request), junk)
        action = next(iter(owner.get_actions(request)), "")
        acts += bool(action)
        for address, sent in (
            (base, {"_selected_action": [junk], "action": action, "index": "0"}),
            (f"{base}add/", names),
        ):
            if chief.post(address, sent).status_code >= 500:
                broken.append(address)
    assert broken == []
    assert acts


def foreign_rows(client: Client):
    """One row of every model that this official may not see."""
    request = RequestFactory().get("/")
    request.user = User.objects.get(pk=client.session["_auth_user_id"])
    for model, owner in admin.site._registry.items():
        own = (
            owner.get_queryset(request).order_by()
            if owner.has_view_permission(request)
            else model.objects.none()
        )
        row = model._default_manager.exclude(pk__in=own.values("pk")).first()
        if row is not None:
            yield owner, row


@pytest.mark.parametrize("person", [CLERK, SECRETARY])
def test_rows_of_other_units_are_out_of_reach(person):
    client = as_person(person)
    tried = 0
    for owner, row in foreign_rows(client):
        kind = ContentType.objects.get_for_model(row).pk
        own = [pattern.pattern for pattern in owner.get_urls() if "<int:pk>" in str(pattern.pattern)]
        routes = [str(route).replace("<int:pk>", str(row.pk)) for route in own]
        routes = [
            r.replace("<int:item>", "1")
            .replace("<int:other>", "1")
            .replace("<int:dossier>", "1")
            .replace("<slug:", "<")
            .replace("<to>", "published")
            for r in routes
        ]
        routes = [r.replace("<word>", "kopia").replace("<key>", "nadaj") for r in routes]
        routes = [r.replace("<kind>", "upowaznienie") for r in routes]
        base = f"/admin/{row._meta.app_label}/{row._meta.model_name}/"
        for address in [
            *(f"{base}{row.pk}/{verb}/" for verb in ("change", "history", "delete")),
            *(base + route for route in routes),
            f"/admin/r/{kind}/{row.pk}/",
        ]:
            for response in (client.get(address), client.post(address, {"reason": "x"})):
                is_sent_away = response.status_code == 302 and response["Location"] in ("/admin/", base)
                assert is_sent_away or response.status_code in (403, 404, 405), (
                    address,
                    response.status_code,
                )
                tried += 1
    assert tried > 100


@pytest.mark.parametrize(
    "address", ["/admin/password_change/", "/admin/password_change/?next=//evil.example"]
)
def test_passwords_are_changed_in_one_place_only(address):
    assert as_person(CLERK).get(address)["Location"] == "/konto/haslo/zmiana/"


@pytest.mark.parametrize("model", ["meeting", "bodydocument", "opinionrequest"])
def test_bodies_are_offered_as_bodies_and_only_own_ones(model):
    from dialogue_bodies.models import DialogueBody

    client = as_person(SECRETARY)
    unit = RoleGrant.objects.filter(user__email="sekretarz@example.org").first().unit
    offered = (
        client.get(f"/admin/dialogue_bodies/{model}/add/").context["adminform"].form.fields["body"].queryset
    )

    assert set(offered) == set(DialogueBody.objects.filter(unit=unit))


def test_an_editor_who_may_not_answer_gets_no_actions_on_remarks():
    from consultations.models import Remark

    remark = Remark.objects.filter(answered_at=None, withdrawn_at=None).first()
    client = official("redaktor", Role.UNIT_EDITOR, unit=remark.consultation.unit)
    for action in ("answer_together", "publish_together"):
        sent = {
            "action": action,
            "_selected_action": [remark.pk],
            "position": "x" * 80,
            "position_code": "accepted",
        }
        assert client.post("/admin/consultations/remark/", sent).status_code < 500

    remark.refresh_from_db()
    assert remark.answered_at is None
    assert "x" * 80 not in remark.position


def test_a_managers_bulk_answer_stops_at_foreign_remarks():
    from consultations.models import Remark

    remark = Remark.objects.filter(withdrawn_at=None, submission__is_late=False).first()
    home = remark.consultation.unit
    client = official("dwie-komorki", Role.UNIT_EDITOR, unit=home)
    other = OrganizationalUnit.objects.exclude(
        pk__in=[home.pk, *remark.consultation.co_units.values_list("pk")]
    ).first()
    official("dwie-komorki", Role.CONSULTATION_MANAGER, unit=other)

    sent = {
        "action": "answer_together",
        "_selected_action": [remark.pk],
        "position": "y" * 80,
        "position_code": "accepted",
    }
    assert client.post("/admin/consultations/remark/", sent).status_code < 500
    remark.refresh_from_db()
    assert "y" * 80 not in remark.position


def test_a_seat_in_a_committee_opens_no_drafts_of_its_unit():
    from competitions.models import Call

    draft = Call.objects.filter(state="draft").exclude(unit=None).first()
    home = OrganizationalUnit.objects.exclude(pk=draft.unit_id).first()
    official("dwie-role", Role.CALL_MANAGER, unit=home)
    client = official("dwie-role", Role.COMMITTEE_MEMBER, unit=draft.unit)

    listed = client.get("/admin/competitions/call/").context["cl"].queryset
    offered = client.get("/admin/competitions/call/add/").context["adminform"].form.fields["unit"].queryset

    assert draft not in listed
    assert list(offered) == [home]


# --- the desk: more rights than given ---------------------------------------------------------------


def test_a_coordinator_does_not_become_an_administrator():
    client, me = as_person(COORDINATOR), User.objects.get(email=f"{COORDINATOR}@example.org")
    role = {"user": me.pk, "role": Role.ADMIN, "unit": ""}
    for address, data in [
        ("/admin/city/rolegrant/add/", role),
        (
            f"/admin/city/rolegrant/{me.role_grants.first().pk if hasattr(me, 'role_grants') else 1}/change/",
            role,
        ),
        (
            f"/admin/accounts/user/{me.pk}/change/",
            {"full_name": "x", "is_superuser": "on", "is_active": "on"},
        ),
        ("/admin/accounts/user/add/", {"email": "a@example.org", "full_name": "A B", "is_staff": "on"}),
        (f"/admin/accounts/user/{me.pk}/drugi-skladnik/usun/", {"reason": "x"}),
    ]:
        assert client.post(address, data).status_code == 403, address

    assert not RoleGrant.objects.filter(role=Role.ADMIN, user=me).exists()
    assert not User.objects.get(pk=me.pk).is_superuser


def test_an_administrator_gives_nobody_full_rights_and_nothing_to_themselves():
    client = official("administrator", Role.ADMIN)
    me, other = (
        User.objects.get(email="administrator@example.org"),
        User.objects.get(email="mieszkaniec@example.org"),
    )
    forged = {"full_name": "Jan Lis", "is_active": "on", "is_staff": "on", "is_superuser": "on"}
    for user in (me, other):
        client.post(f"/admin/accounts/user/{user.pk}/change/", forged)
    client.post("/admin/city/rolegrant/add/", {"user": me.pk, "role": Role.COORDINATOR, "unit": ""})
    grant = RoleGrant.objects.exclude(user=me).first()
    client.post(
        f"/admin/city/rolegrant/{grant.pk}/change/", {"user": me.pk, "role": Role.COORDINATOR, "unit": ""}
    )

    assert not User.objects.filter(pk__in=[me.pk, other.pk], is_superuser=True).exists()
    assert not User.objects.get(pk=other.pk).is_staff
    assert list(RoleGrant.objects.filter(user=me).values_list("role", flat=True)) == [Role.ADMIN]


@pytest.mark.parametrize(
    "model", ["competitions.call", "consultations.consultation", "communication.newsitem"]
)
def test_a_clerk_makes_nothing_in_another_unit(model):
    from django.apps import apps

    found = apps.get_model(model)
    own = RoleGrant.objects.filter(user__email=f"{CLERK}@example.org").values("unit")
    other, count = OrganizationalUnit.objects.exclude(pk__in=own).first(), found.objects.count()
    page = as_person(CLERK).get(f"/admin/{model.replace('.', '/')}/add/")
    data = {
        f"{f.prefix}-{n}": 0
        for f in (x.formset for x in page.context["inline_admin_formsets"])
        for n in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    data |= {"title": "Obcy", "unit": other.pk, "state": "published", "category": "news", "kind": "other"}

    response = as_person(CLERK).post(f"/admin/{model.replace('.', '/')}/add/", data)

    assert "unit" in response.context["adminform"].form.errors
    assert found.objects.count() == count
