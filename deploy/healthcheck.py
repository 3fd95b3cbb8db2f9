"""Whether the process of this container does its work: exit status 0 or 1.

healthcheck.py web      answers requests
healthcheck.py worker   takes tasks from the queue
healthcheck.py beat     has noted the times of its tasks within the last minutes
"""

import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
# Beat writes its notes every three minutes.
BEAT_SILENCE_S = 8 * 60


def web() -> bool:
    """The portal refuses unknown host names, so the question carries the right one."""
    host = urlsplit(os.environ.get("SITE_URL", "")).hostname or "localhost"
    port = os.environ.get("BIND", ":8000").rsplit(":", 1)[1]
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=5)
    connection.request("GET", "/zdrowie/zyje/", headers={"Host": host})
    return connection.getresponse().status == 200


def worker() -> bool:
    node = f"celery@{socket.gethostname()}"
    question = ["celery", "--app", "portal", "inspect", "ping", "--destination", node, "--timeout", "10"]
    return subprocess.run(question, cwd=ROOT, capture_output=True, check=False).returncode == 0


def beat() -> bool:
    notes = list((ROOT / "var" / "run").glob("beat-schedule*"))
    return any(time.time() - path.stat().st_mtime < BEAT_SILENCE_S for path in notes)


CHECKS = {"web": web, "worker": worker, "beat": beat}


def main() -> int:
    try:
        return 0 if CHECKS[sys.argv[1]]() else 1
    except (OSError, http.client.HTTPException) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
