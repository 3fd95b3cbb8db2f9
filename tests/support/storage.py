"""Where uploads of the tests go: one folder of the run, so that the demo filled by one process is read by all."""

import io
import os
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage

# Set by the plugin that starts the servers, inherited by the workers of pytest-xdist.
MEDIA = "PORTAL_TEST_MEDIA"


class SharedStorage(FileSystemStorage):
    """Files are read whole, so that a response that a test does not read to its end leaves nothing open."""

    def __init__(self) -> None:
        super().__init__(location=os.environ[MEDIA])

    def _open(self, name: str, mode: str = "rb") -> File:
        if mode != "rb":
            return super()._open(name, mode)
        return File(io.BytesIO(Path(self.path(name)).read_bytes()), name=name)
