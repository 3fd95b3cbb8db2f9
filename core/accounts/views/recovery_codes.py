"""Recovery codes as a file with a Polish name."""

from allauth.mfa.recovery_codes.views import DownloadRecoveryCodesView
from django.utils.translation import gettext as _


class DownloadCodes(DownloadRecoveryCodesView):
    content_type = "text/plain; charset=utf-8"

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        response.headers["Content-Disposition"] = f'attachment; filename="{_("kody-zapasowe")}.txt"'
        return response
