"""The mark of an organisation: scaled, drawn anew, kept through the storage API."""

import hashlib
import io
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image

from core.common.sanitize import strip_controls
from core.legal import audit
from core.legal.rules import Breach, LawBreached
from core.legal.workflow import MoveRefused

from ..models import Logo, Organization
from ..permissions import may_edit
from .shown import show

LONGEST_SIDE = 512


@transaction.atomic
def set_logo(organization: Organization, *, picture: bytes, alt: str, by, at: datetime) -> Logo:
    """Shows a picture that the upload checks have passed. Raises MoveRefused, or LawBreached without words."""
    _require_editor(organization, by)
    alt = strip_controls(alt).strip()
    if not alt:
        raise LawBreached([Breach("", _("opisz, co widać na logo"), "alt")])
    content, width, height = scaled(picture)
    old = Logo.objects.filter(organization=organization).first()
    logo = Logo(
        organization=organization,
        alt=alt,
        width=width,
        height=height,
        sha256=hashlib.sha256(content).hexdigest(),
        changed_at=at,
    )
    logo.file.save("logo.png", ContentFile(content), save=False)
    logo.save()
    if old is not None and old.file.name != logo.file.name:
        _delete_after_commit(old)
    _record(organization, _("Zmiana logo"), by=by, at=at)
    return logo


@transaction.atomic
def describe_logo(organization: Organization, *, alt: str, by, at: datetime) -> None:
    """Other words for the same picture."""
    _require_editor(organization, by)
    Logo.objects.filter(organization=organization).update(alt=strip_controls(alt).strip(), changed_at=at)
    _record(organization, _("Zmiana opisu logo"), by=by, at=at)


@transaction.atomic
def remove_logo(organization: Organization, *, by, at: datetime) -> None:
    _require_editor(organization, by)
    logo = Logo.objects.filter(organization=organization).first()
    if logo is not None:
        _delete_after_commit(logo)
        logo.delete()
        _record(organization, _("Usunięcie logo"), by=by, at=at)


def scaled(picture: bytes) -> tuple[bytes, int, int]:
    """The picture as PNG with no side longer than 512 points, with its width and height."""
    with Image.open(io.BytesIO(picture)) as image:
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        drawn = image.convert("RGBA")
    out = io.BytesIO()
    drawn.save(out, "PNG", optimize=True)
    return out.getvalue(), drawn.width, drawn.height


def _delete_after_commit(logo: Logo) -> None:
    storage, name = logo.file.storage, str(logo.file.name)
    transaction.on_commit(lambda: storage.delete(name))


def _require_editor(organization: Organization, by) -> None:
    if not may_edit(by, organization):
        raise MoveRefused("may_edit")


def _record(organization: Organization, verb: str, *, by, at: datetime) -> None:
    Organization.objects.filter(pk=organization.pk).update(updated_at=at)
    audit.record(organization, verb, by=by, at=at, is_public=organization.is_public)
    show(Organization.objects.get(pk=organization.pk))
