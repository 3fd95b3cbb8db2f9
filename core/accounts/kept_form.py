"""A form sent after the session had ended: kept until the same person has logged in again."""

from dataclasses import asdict, dataclass

from django.http import HttpRequest, QueryDict
from django.urls import reverse

SESSION_KEY = "kept_form"
KEPT_SECONDS = 60 * 60
MAX_LENGTH = 300_000
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field


@dataclass(frozen=True)
class KeptForm:
    """``fields`` is the form as it was sent, without its token; ``lost_files`` names what could not be kept."""

    user: int
    path: str
    fields: str
    lost_files: list[str]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return [(name, value) for name, values in QueryDict(self.fields).lists() for value in values]


def read(request: HttpRequest) -> KeptForm | None:
    """The form of this request, unless it is one of the account's own (passwords, codes) or too long.

    A password is never kept or shown again, wherever it was typed.
    """
    if request.method != "POST" or request.path.startswith(reverse("account_home")):
        return None
    fields = request.POST.copy()
    for name in [name for name in fields if name == TOKEN or "password" in name.lower()]:
        del fields[name]
    encoded = fields.urlencode()
    if not encoded or len(encoded) > MAX_LENGTH:
        return None
    lost = [file.name for file in request.FILES.values()]
    return KeptForm(request.user.pk, request.get_full_path(), encoded, lost)


def keep(request: HttpRequest, form: KeptForm) -> None:
    request.session[SESSION_KEY] = asdict(form)
    request.session.set_expiry(KEPT_SECONDS)


def kept(request: HttpRequest) -> KeptForm | None:
    """What waits for the person who is logged in now; another person's form is thrown away."""
    data = request.session.get(SESSION_KEY)
    if data and data["user"] == request.user.pk:
        return KeptForm(**data)
    drop(request)
    return None


def drop(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)
