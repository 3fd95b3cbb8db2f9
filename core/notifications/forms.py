"""What a person tells about notifications."""

from django import forms

from .enums import Channel
from .preferences import KINDS

LARGEST_ID = 2**63 - 1


class FollowForm(forms.Form):
    """The hidden fields behind »Obserwuj«."""

    kind = forms.CharField(max_length=80)
    id = forms.IntegerField(min_value=1, max_value=LARGEST_ID)
    is_wanted = forms.BooleanField(required=False)


class PreferencesForm(forms.Form):
    """How each kind of notifications reaches the person."""

    def __init__(self, chosen: dict[str, str], *args, **kwargs):
        super().__init__(*args, **kwargs)
        for kind in KINDS.values():
            self.fields[kind.code] = forms.ChoiceField(
                label=kind.label,
                choices=Channel.choices,
                initial=chosen.get(kind.code, Channel.AT_ONCE),
                help_text=kind.hint,
                # a kind made known since the page was opened is left as it is
                required=not self.is_bound or kind.code in self.data,
                widget=forms.RadioSelect,
            )
