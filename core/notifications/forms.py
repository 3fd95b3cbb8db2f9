"""What a person tells about notifications."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .preferences import KINDS

LARGEST_ID = 2**63 - 1


class FollowForm(forms.Form):
    """The hidden fields behind »Obserwuj«."""

    kind = forms.CharField(max_length=80)
    id = forms.IntegerField(min_value=1, max_value=LARGEST_ID)
    is_wanted = forms.BooleanField(required=False)


class PreferencesForm(forms.Form):
    """Which kinds of notifications come by mail."""

    wanted = forms.MultipleChoiceField(
        label=_("Powiadomienia, które chcesz dostawać"),
        help_text=_(
            "Odznacz te, których nie chcesz. Potwierdzenia i pisma w Twoich sprawach przyjdą zawsze."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["wanted"].choices = [(kind.code, kind.label) for kind in KINDS.values()]
