"""What people of the demo have chosen and asked for: channels of notifications, a copy of data, the end of an account."""

from datetime import timedelta

from core.accounts import actions
from core.accounts.models import User
from core.notifications import preferences
from core.notifications.enums import Channel

from .context import DemoContext


def fill(ctx: DemoContext) -> None:
    preferences.choose_channels(
        ctx.people["ngo"], {"call_news": Channel.DAILY, "consultation_news": Channel.WEEKLY}
    )
    preferences.choose_channels(ctx.people["resident"], {"body_meeting": Channel.PORTAL})
    export = actions.request_data(ctx.people["ngo"], at=ctx.now - timedelta(hours=2))
    actions.gather_data(export.pk, at=ctx.now - timedelta(hours=1))
    leaving = User.objects.filter(email="osoba5@example.org").first()
    if leaving is not None:
        actions.request_erasure(leaving, at=ctx.now - timedelta(days=3))
    ctx.say("  ustawienia i dane osób: 4")
