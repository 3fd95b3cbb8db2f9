"""What the buttons of a committee's desk ask for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.common.form_fields import MomentField

from ..actions.committee.appointing import drawable
from ..enums import MemberRole, Seat
from ..models import Committee, CommitteeCandidate, CommitteeMeeting, CommitteeMember, Offer
from ..queries.committee import JUDGED
from ..queries.conflicts import without_conflicts


class CommitteeActForm(forms.Form):
    """A form that knows the committee it is about and who fills it in."""

    def __init__(self, *args, committee: Committee, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.committee, self.user = committee, user
        self.prepare()

    def prepare(self) -> None:
        """Fills in what can be chosen."""


class NothingForm(CommitteeActForm):
    pass


class PersonForm(CommitteeActForm):
    """Somebody of the office, or an expert, by the address of the account."""

    email = forms.EmailField(label=_("Adres e-mail konta"))
    seat = forms.ChoiceField(
        label=_("Miejsce"), choices=[(Seat.OFFICE, Seat.OFFICE.label), (Seat.EXPERT, Seat.EXPERT.label)]
    )
    role = forms.ChoiceField(label=_("Rola"), choices=MemberRole.choices, initial=MemberRole.MEMBER)

    def account(self) -> User | None:
        return User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()


class CandidateChoiceForm(CommitteeActForm):
    candidate = forms.ModelChoiceField(None, label=_("Kandydatka lub kandydat"), empty_label=_("wybierz"))
    role = forms.ChoiceField(label=_("Rola"), choices=MemberRole.choices, initial=MemberRole.MEMBER)

    def prepare(self) -> None:
        self.fields["candidate"].queryset = CommitteeCandidate.objects.filter(pk__in=drawable(self.committee))


class DrawForm(CommitteeActForm):
    seats = forms.IntegerField(
        label=_("Ile osób wylosować"),
        min_value=1,
        max_value=15,
        initial=2,
        help_text=_("Ziarno i numery puli opublikujemy, więc każdy może powtórzyć losowanie."),
    )

    def prepare(self) -> None:
        count = len(drawable(self.committee))
        self.fields["seats"].label = _("Ile osób wylosować (w puli: %(n)s)") % {"n": count}


class AppointForm(CommitteeActForm):
    ordinance_number = forms.CharField(label=_("Numer zarządzenia"), max_length=120)


class RemoveForm(CommitteeActForm):
    member = forms.ModelChoiceField(None, label=_("Kto odchodzi"), empty_label=_("wybierz"))
    reason = forms.CharField(label=_("Powód"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def prepare(self) -> None:
        self.fields["member"].queryset = self.committee.members.sitting()


class MeetingForm(CommitteeActForm):
    starts_at = MomentField(label=_("Początek"))
    place = forms.CharField(label=_("Miejsce"), max_length=300)
    agenda = forms.CharField(
        label=_("Porządek obrad"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class AttendanceForm(CommitteeActForm):
    meeting = forms.ModelChoiceField(None, label=_("Posiedzenie"), empty_label=None)
    present = forms.ModelMultipleChoiceField(
        CommitteeMember.objects.none(), label=_("Obecne osoby"), widget=forms.CheckboxSelectMultiple
    )
    notes = forms.CharField(label=_("Przebieg"), required=False, widget=forms.Textarea(attrs={"rows": 6}))

    def prepare(self) -> None:
        self.fields["meeting"].queryset = CommitteeMeeting.objects.filter(committee=self.committee)
        self.fields["present"].queryset = self.committee.members.sitting()


class SecondLookForm(CommitteeActForm):
    meeting = forms.ModelChoiceField(None, label=_("Posiedzenie"), empty_label=None)
    offer = forms.ModelChoiceField(None, label=_("Oferta"), empty_label=_("wybierz"))
    note = forms.CharField(
        label=_("Co ustaliła komisja"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Jeśli ktoś zmienia ocenę, robi to sam na swojej karcie, z powodem."),
    )

    def prepare(self) -> None:
        self.fields["meeting"].queryset = CommitteeMeeting.objects.filter(committee=self.committee)
        judged = Offer.objects.filter(call=self.committee.call_id, state__in=JUDGED)
        self.fields["offer"].queryset = without_conflicts(judged, self.user)
