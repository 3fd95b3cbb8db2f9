"""The first step of a registration: the number of a register, or that there is none."""

from django import forms
from django.utils.translation import gettext_lazy

from core.legal.rules import Breach

from .. import law
from .fields import NumberField


class KrsForm(forms.Form):
    """The first question: which number of KRS."""

    krs = NumberField(
        label=gettext_lazy("Numer KRS"),
        normal=law.normal_krs,
        help_text=gettext_lazy(
            "10 cyfr z odpisu, na przykład 0000123456. Zera z przodu możesz pominąć: dopiszemy je."
        ),
    )

    def clean_krs(self) -> str:
        for breach in law.krs_breaches(self.cleaned_data["krs"]):
            raise forms.ValidationError(breach.message)
        return self.cleaned_data["krs"]

    def numbers(self) -> dict[str, str]:
        return {"krs": self.cleaned_data["krs"]}


class OtherNumberForm(forms.Form):
    """Without KRS: a NIP or a REGON helps, if there is one."""

    number = NumberField(
        label=gettext_lazy("NIP albo REGON"),
        normal=law.normal_nip,
        required=False,
        help_text=gettext_lazy("10 cyfr NIP albo 9 cyfr REGON. Pobierzemy dane z rejestru REGON."),
    )

    def clean_number(self) -> str:
        number = self.cleaned_data["number"]
        for breach in self._breaches(number):
            raise forms.ValidationError(breach.message)
        return number

    @staticmethod
    def _breaches(number: str) -> list[Breach]:
        """A number of nine or fourteen digits is a REGON, everything else was meant as a NIP."""
        if not number:
            return []
        return law.regon_breaches(number) if len(number) in (9, 14) else law.nip_breaches(number)

    def numbers(self) -> dict[str, str]:
        number = self.cleaned_data["number"]
        if not number:
            return {}
        return {"nip" if len(number) == 10 else "regon": number}
