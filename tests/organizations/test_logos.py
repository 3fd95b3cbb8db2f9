"""Logos: drawn anew, described, shown only with a public profile."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core.common.clock import now
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from organizations import actions
from organizations.models import Logo
from tests.factories import organizations as make

pytestmark = pytest.mark.django_db


def picture(kind: str = "PNG", size=(900, 300), **extra) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind, **extra)
    return out.getvalue()


def upload(content: bytes, name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def organization():
    return make.verified("Fundacja Znak")


@pytest.fixture
def person(organization, client):
    person = make.member(organization)
    client.force_login(person)
    return person


def test_a_logo_is_scaled_and_loses_hidden_data(client, organization, person):
    exif = Image.Exif()
    exif[0x010E] = "tajne miejsce"
    sent = client.post(
        f"{organization.get_absolute_url()}logo/",
        {"picture": upload(picture("JPEG", exif=exif), "logo.jpg"), "alt": "Granatowy prostokąt"},
    )
    assert sent.status_code == 302

    logo = Logo.objects.get()
    assert (logo.width, logo.height) == (512, 171)
    client.logout()
    page = client.get(organization.get_absolute_url()).content.decode()
    assert 'alt="Granatowy prostokąt"' in page
    answer = client.get(f"{organization.get_absolute_url()}logo/{logo.version}.png")
    body = answer.content
    assert answer["Content-Type"] == "image/png"
    assert "immutable" in answer["Cache-Control"]
    assert b"tajne" not in body
    assert Image.open(io.BytesIO(body)).size == (512, 171)
    assert client.get(f"{organization.get_absolute_url()}logo/{'0' * 16}.png").status_code == 404


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<svg onload=alert(1)>", "logo.svg"),
        (b"MZ", "logo.png"),
        (b"%PDF-1.7", "logo.pdf"),
        (b"", "logo.png"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_reason(client, organization, person, content, name):
    page = client.post(
        f"{organization.get_absolute_url()}logo/", {"picture": upload(content, name), "alt": "Zostaje"}
    )

    assert page.status_code == 200
    assert page.context["form"].errors["picture"]
    assert "Zostaje" in page.content.decode()
    assert not Logo.objects.exists()


def test_words_are_required_and_can_be_changed_alone(client, organization, person):
    address = f"{organization.get_absolute_url()}logo/"
    assert client.post(address, {"picture": upload(picture()), "alt": ""}).context["form"].errors["alt"]
    with pytest.raises(LawBreached):
        actions.set_logo(organization, picture=picture(), alt=" ", by=person, at=now())
    client.post(address, {"picture": upload(picture()), "alt": "Pierwszy opis"})
    client.post(address, {"alt": "Lepszy opis"})
    assert Logo.objects.get().alt == "Lepszy opis"


def test_a_new_logo_and_no_logo_leave_no_file_behind(
    client, organization, person, django_capture_on_commit_callbacks
):
    address = f"{organization.get_absolute_url()}logo/"
    client.post(address, {"picture": upload(picture()), "alt": "Stare"})
    old = Logo.objects.get().file
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"picture": upload(picture(size=(50, 50))), "alt": "Nowe"})
    assert not old.storage.exists(old.name)
    new = Logo.objects.get().file
    assert new.storage.exists(new.name)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"remove": "1"})
    assert not Logo.objects.exists()
    assert not new.storage.exists(new.name)


def test_others_get_nothing(client, organization):
    with pytest.raises(MoveRefused):
        actions.set_logo(organization, picture=picture(), alt="x", by=make.person(), at=now())
    logo = actions.set_logo(organization, picture=picture(), alt="x", by=make.coordinator(), at=now())
    address = f"{organization.get_absolute_url()}logo/{logo.version}.png"
    assert client.get(address).status_code == 200
    actions.suspend(organization, by=make.coordinator(), at=now(), reason="Skarga.")
    assert client.get(address).status_code == 404
    client.force_login(make.person())
    assert client.get(f"{organization.get_absolute_url()}logo/").status_code == 404
