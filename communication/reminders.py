"""Letters in people's own cases, which nobody can switch off."""

from django.utils.translation import gettext_lazy as _

from core.notifications.preferences import register_obligatory

register_obligatory("news_decision", _("Aktualności, które zgłosiłaś lub zgłosiłeś"), _("decyzja urzędu"))
register_obligatory("contact_answer", _("Twoje pytania i wnioski do urzędu"), _("potwierdzenie i odpowiedź"))
