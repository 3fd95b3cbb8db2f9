"""A person's own data: gathered for them by a worker, fetched with a fresh log-in, gone after some days."""

import json
import tempfile
import zipfile
from datetime import datetime, timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.files import File
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from core.common.clock import local
from core.common.exports import as_plain
from core.common.ties import PersonalData, from_roof
from core.legal import audit, parameters

from ..models import DataExport, User

KEPT_DAYS = "data_export_days"


@transaction.atomic
def request_data(user: User, *, at: datetime) -> DataExport:
    """Asks for a copy of everything about the person; one that is being made already is given back."""
    User.objects.select_for_update().get(pk=user.pk)
    waiting = DataExport.objects.filter(user=user, ready_at=None).first()
    if waiting is not None:
        return waiting
    audit.record(user, _("Prośba o kopię swoich danych"), by=user, at=at)
    return DataExport.objects.create(user=user, requested_at=at)


@transaction.atomic
def gather_data(pk: int, *, at: datetime) -> bool:
    """Makes the file and tells the person; False when it is made already, gone, or in another worker's hands."""
    export = DataExport.objects.select_for_update(skip_locked=True).filter(pk=pk, ready_at=None).first()
    if export is None:
        return False
    with tempfile.TemporaryFile() as whole:
        _write_zip(whole, export.user, at)
        whole.seek(0)
        export.file.save("moje-dane.zip", File(whole), save=False)
    days = parameters.days(KEPT_DAYS, on=local(at).date())
    export.ready_at, export.expires_at = at, at + timedelta(days=days)
    export.save()
    get_adapter().send_mail("account/email/data_ready", export.user.email, {"expires_at": export.expires_at})
    return True


def _write_zip(target, user: User, at: datetime) -> None:
    content = everything_about(user, at)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("moje-dane.json", json.dumps(content, ensure_ascii=False, indent=1))
        package.writestr("przeczytaj.txt", _readme(content))


def everything_about(user: User, at: datetime) -> dict[str, Any]:
    """What each declared table holds about a person, with purpose, basis and time; as JSON keeps it."""
    parts: dict[str, Any] = {}
    for declared in from_roof("personal_data"):
        rows = [_row(row, declared) for row in declared.rows(user).order_by("pk")]
        if rows:
            part = parts.setdefault(declared.model, _described(declared))
            part["wpisy"] += [row for row in rows if row not in part["wpisy"]]
    return {"konto": user.email, "stan na": as_plain(at), "dane": parts}


def _described(declared: PersonalData) -> dict[str, Any]:
    return {
        "co": declared.label,
        "cel": str(declared.purpose),
        "podstawa": declared.basis,
        "jak długo": str(declared.kept),
        "kto widzi": str(declared.readers),
        "wpisy": [],
    }


def _row(row: Model, declared: PersonalData) -> dict[str, Any]:
    """The declared columns but for secrets; of other records their names."""
    return {
        name: as_plain(_value(getattr(row, name))) for name in declared.fields if name not in declared.hidden
    }


def _value(value: Any) -> Any:
    return str(value) if isinstance(value, Model) else value


def _readme(content: dict[str, Any]) -> str:
    lines = [
        _("Kopia danych, które portal ma o Tobie. Plik moje-dane.json otworzysz w każdym edytorze tekstu."),
        _("Pod nazwą każdej części: po co są te dane, na jakiej podstawie, jak długo i kto je widzi."),
        "",
        *(f"- {part['co']}: {len(part['wpisy'])}" for part in content["dane"].values()),
    ]
    return "\n".join(lines) + "\n"


def forget_exports(*, at: datetime) -> int:
    """Deletes copies whose time is over, file and row; gives how many. Safe to run any number of times."""
    over = list(DataExport.objects.filter(expires_at__lte=at))
    for export in over:
        export.file.delete(save=False)
        export.delete()
    return len(over)
