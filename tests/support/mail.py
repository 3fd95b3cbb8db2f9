"""A mail host for tests: real SMTP, nothing leaves the machine."""

import email
import email.policy
import time
from email.message import EmailMessage
from typing import Self

from local.smtp import FreePortController


class Mailbox:
    """Takes every message and keeps it parsed, in the order of arrival."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self._controller = FreePortController(self)

    @property
    def host(self) -> str:
        return self._controller.hostname

    @property
    def port(self) -> int:
        return self._controller.port

    @property
    def url(self) -> str:
        """Value for `EMAIL_URL` of another process."""
        return self._controller.url

    def wait_for(self, count: int, *, limit_s: float = 10) -> list[EmailMessage]:
        """The messages, once `count` of them have arrived."""
        give_up_at = time.monotonic() + limit_s
        while len(self.messages) < count and time.monotonic() < give_up_at:
            time.sleep(0.02)
        assert len(self.messages) >= count, f"{len(self.messages)} of {count} messages arrived in {limit_s} s"
        return self.messages

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802 - the name is the library's
        self.messages.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._controller.stop()
