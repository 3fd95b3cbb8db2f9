"""A worker killed in the middle of a mailing: nothing lost, nothing sent twice, doubt visible."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from core.common.clock import now
from core.notifications import delivery
from core.notifications.enums import MailState
from core.notifications.models import OutboxMail
from tests.factories.notifications import letters
from tests.notifications.sending import sending_process

LETTERS = 1400
KILLS = 6


def kill_after(process, sink, arrivals: int) -> None:
    """Kills the sending process once so many more letters have arrived."""
    sink.wait_for(len(sink.messages) + arrivals, limit_s=60)
    process.kill()
    process.wait()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("queue")
def test_kill_minus_nine_in_a_mailing(sink, tmp_path: Path):
    addresses = letters(LETTERS, batch="biuletyn-12", text="Treść biuletynu\n" * 60)

    for kill in range(KILLS):
        kill_after(sending_process(tmp_path, sink), sink, arrivals=40 + 25 * kill)
    rows = OutboxMail.objects.filter(state__in=(MailState.CLAIMED, MailState.ATTEMPTING))
    assert rows.exists()
    delivery.recover(now() + delivery.HELD + timedelta(minutes=1))
    delivery.deliver()

    arrived = Counter(sink.addresses)
    uncertain = set(OutboxMail.objects.filter(state=MailState.UNCERTAIN).values_list("to", flat=True))
    sent = set(OutboxMail.objects.filter(state=MailState.SENT).values_list("to", flat=True))
    assert sent | uncertain == set(addresses)
    assert len(uncertain) <= KILLS
    assert max(arrived.values()) == 1
    assert sent <= set(arrived)
    assert set(addresses) - set(arrived) <= uncertain
