"""One date of a consultation: what, where, free places, signing up; and the private link of a sign-up."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from core.common import formats
from core.common.antispam import is_too_often
from core.common.clock import now
from core.common.dates import DatedThing, ical_response
from core.common.private_pages import private_page
from core.legal.rules import LawBreached

from .. import actions, law, queries
from ..actions.meetings import CALLED_OFF
from ..enums import DUTIES, MEETINGS, Need
from ..forms.meetings import SignUpForm
from ..models import Consultation, FormDate, SignUp

OFTEN, WITHIN = 10, timedelta(hours=1)
# After a sign-up the page shows no empty form: one could take it for a sign-up that has failed.
SIGNED_UP = "zapisano"


def public_dates():
    """Dates everybody may open, with the counts of places; one query."""
    seated = Count("sign_ups", filter=Q(sign_ups__cancelled_at=None, sign_ups__is_waiting=False))
    waiting = Count("sign_ups", filter=Q(sign_ups__cancelled_at=None, sign_ups__is_waiting=True))
    return (
        FormDate.objects.filter(
            form__consultation__in=Consultation.objects.announced(), form__kind__in=MEETINGS | DUTIES
        )
        .exclude(starts_on=None)
        .select_related("form__consultation__unit")
        .annotate(seated=seated, waiting=waiting)
    )


class Places:
    """How many places there are and which talks are free, for page, form and desk."""

    def __init__(self, date: FormDate):
        form = date.form
        self.date, self.minutes = date, form.slot_minutes
        hours = law.slots_of(date.from_hour, date.to_hour, form.slot_minutes)
        taken = set(date.sign_ups.valid().values_list("slot", flat=True)) if hours else set()
        free = law.free_slots(len(hours), taken)
        self.slots = [(number, f"{hours[number - 1]:%H:%M}".removeprefix("0")) for number in free]
        self.limit = len(hours) if hours else form.seat_limit
        self.left = len(free) if hours else (None if self.limit is None else max(self.limit - date.seated, 0))

    @property
    def is_coming(self) -> bool:
        """Whether there is still something to come to."""
        date = self.date
        is_off = date.cancelled_at is not None or date.form.consultation.state in CALLED_OFF
        return not is_off and not date.is_over

    @property
    def is_full(self) -> bool:
        return self.left == 0

    @property
    def closed_because(self) -> str:
        """Why nobody can sign up, in words; empty while one can."""
        date, consultation = self.date, self.date.form.consultation
        found = law.sign_up_breaches(
            at=now(),
            starts_at=date.starts_at,
            takes_sign_ups=date.form.takes_sign_ups,
            is_cancelled=date.cancelled_at is not None,
            is_public=consultation.state not in CALLED_OFF,
        )
        if not found and self.minutes and self.is_full:
            return _("Wszystkie rozmowy są już zarezerwowane.")
        return str(found[0].message) if found else ""


@method_decorator(never_cache, name="dispatch")
class MeetingPage(View):
    """The page of one date; signing up is a form on it."""

    def dispatch(self, request, slug, pk):
        self.date = get_object_or_404(public_dates(), pk=pk, form__consultation__slug=slug)
        self.places = Places(self.date)
        return super().dispatch(request, slug, pk)

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        return self.page(self.form(initial=known_of(request)))

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form)
        if is_too_often(request, "consultation-sign-up", limit=OFTEN, within=WITHIN):
            form.add_error(None, _("Z Twojego adresu było już dużo zapisów. Zapisz się za godzinę."))
            return self.page(form)
        try:
            made = actions.sign_up(
                self.date,
                who=form.attendee,
                by=request.user if request.user.is_authenticated else None,
                at=now(),
                form_key=form.cleaned_data["form_key"],
            )
        except LawBreached as refused:
            for breach in refused.breaches:
                form.add_error(breach.field if breach.field in form.fields else None, str(breach.message))
            return self.page(form)
        messages.success(request, self.thanks(made))
        return redirect(f"{self.date.get_absolute_url()}?{SIGNED_UP}=1")

    def thanks(self, made: SignUp) -> str:
        """The same words whether or not the address was signed up before, so the page tells nobody."""
        if self.places.minutes:
            return _(
                "Zarezerwowaliśmy rozmowę: %(when)s. Potwierdzenie i link do rezygnacji wysłaliśmy na podany adres."
            ) % {"when": formats.moment(made.starts_at)}
        if self.places.is_full:
            return _(
                "Miejsca są zajęte: wpisaliśmy zapis na listę rezerwową. Szczegóły i link do rezygnacji "
                "wysłaliśmy na podany adres."
            )
        return _("Przyjęliśmy zapis. Potwierdzenie i link do rezygnacji wysłaliśmy na podany adres.")

    def form(self, data=None, initial=None) -> SignUpForm:
        return SignUpForm(data, initial=initial, date=self.date, slots=self.places.slots)

    def page(self, form: SignUpForm) -> HttpResponse:
        context = {
            "date": self.date,
            "meeting": self.date.form,
            "consultation": self.date.form.consultation,
            "places": self.places,
            "form": form,
            "is_thanked": SIGNED_UP in self.request.GET and not form.is_bound,
            "has_errors": form.is_bound and not form.is_valid(),
        }
        return render(self.request, "consultations/meetings/meeting.html", context)


def known_of(request: HttpRequest) -> dict[str, Any]:
    if not request.user.is_authenticated:
        return {}
    return {"name": request.user.full_name, "email": request.user.email}


def meeting_calendar(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One date for a calendar program."""
    date = get_object_or_404(public_dates(), pk=pk, form__consultation__slug=slug)
    thing = queries.thing_of_date(date)
    return ical_response([thing], f"{slug}-{pk}", thing.title)


class OwnSignUp(View):
    """Base of the pages behind the private link."""

    @method_decorator(private_page)
    def dispatch(self, request, token):
        rows = SignUp.objects.by_token(token).select_related("date__form__consultation__unit")
        self.sign_up = get_object_or_404(rows)
        return super().dispatch(request, token)


class SignUpPage(OwnSignUp):
    """One's own place: confirm that one comes, or give it back."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        person = self.sign_up
        ahead = (
            SignUp.objects.filter(date=person.date)
            .waiting()
            .filter(
                Q(signed_up_at__lt=person.signed_up_at)
                | Q(signed_up_at=person.signed_up_at, pk__lt=person.pk)
            )
        )
        context = {
            "sign_up": person,
            "date": person.date,
            "meeting": person.date.form,
            "consultation": person.consultation,
            "place_in_line": ahead.count() + 1 if person.is_waiting else None,
        }
        return render(request, "consultations/meetings/sign_up.html", context)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        verbs = {"confirm": actions.confirm_sign_up, "cancel": actions.cancel_sign_up}
        verb = verbs.get(request.POST.get("verb", ""))
        if verb is None:
            raise Http404
        try:
            verb(self.sign_up, at=now())
        except LawBreached as refused:
            messages.error(request, " ".join(str(breach.message) for breach in refused.breaches))
        else:
            said = {
                "confirm": _("Dziękujemy, zapisaliśmy, że przyjdziesz."),
                "cancel": _("Zrezygnowałaś lub zrezygnowałeś. Miejsce dostanie kolejna osoba."),
            }
            messages.success(request, said[request.POST["verb"]])
        return redirect(self.sign_up.get_private_url())


class SignUpCalendar(OwnSignUp):
    """One's own hour for a calendar program, for a talk its slot."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        person = self.sign_up
        common = queries.thing_of_date(person.date)
        thing = DatedThing(
            starts=person.starts_at or common.starts,
            ends=person.ends_at or common.ends,
            kind=common.kind,
            label=common.label,
            title=common.title,
            url=person.date.get_absolute_url(),
            uid=f"consultation-sign-up-{person.pk}",
            place=common.place,
            unit=common.unit,
            note=common.note,
            is_cancelled=common.is_cancelled or person.cancelled_at is not None,
        )
        return ical_response([thing], f"zapis-{person.pk}", thing.title)


def needs_of(rows) -> list[tuple[str, int]]:
    """How many people need what, for those who prepare the room."""
    counts = {need: sum(need.value in row.needs for row in rows) for need in Need}
    return [(str(need.label), n) for need, n in counts.items() if n]
