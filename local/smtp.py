"""A mail host on whatever port is free; shared by the demo's mail catcher and the tests."""

import asyncio

from aiosmtpd.controller import Controller

LOOPBACK = "127.0.0.1"


class FreePortController(Controller):
    """Like its parent, but the operating system chooses the port, so two runs never collide."""

    def __init__(self, handler: object) -> None:
        super().__init__(handler, hostname=LOOPBACK, port=0)

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()

    @property
    def url(self) -> str:
        """Value for `EMAIL_URL`."""
        return f"smtp://{LOOPBACK}:{self.port}"
