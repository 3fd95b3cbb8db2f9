"""What a person tells about notifications."""

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext_lazy as _

from core.common.templatetags.forms_pack import options

from .preferences import KINDS, Kind

LARGEST_ID = 2**63 - 1


class FollowForm(forms.Form):
    """The hidden fields behind »Obserwuj«."""

    kind = forms.CharField(max_length=80)
    id = forms.IntegerField(min_value=1, max_value=LARGEST_ID)
    is_wanted = forms.BooleanField(required=False)


class KindBoxes(forms.CheckboxSelectMultiple):
    """A box for each kind, described by its hint."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if value in KINDS and KINDS[value].hint:
            option["attrs"]["aria-describedby"] = f"hint_{value}"
        return option


class PreferencesForm(forms.Form):
    """Which kinds of notifications come by mail."""

    wanted = forms.MultipleChoiceField(
        label=_("Powiadomienia, które chcesz dostawać"),
        help_text=_(
            "Odznacz te, których nie chcesz. Potwierdzenia i pisma w Twoich sprawach przyjdą zawsze."
        ),
        required=False,
        widget=KindBoxes,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["wanted"].choices = [(kind.code, kind.label) for kind in KINDS.values()]

    @property
    def kinds(self) -> list[tuple[Kind, BoundWidget]]:
        """Every kind with its box."""
        return list(zip(KINDS.values(), options(self["wanted"]), strict=True))
