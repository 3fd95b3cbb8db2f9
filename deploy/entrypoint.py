"""Start of a container: becomes the process that is named in commands.json, or any other command.

entrypoint.py web | worker | beat | migrate | manage <arguments of manage.py>
"""

import json
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> None:
    name, *extra = sys.argv[1:] or ["web"]
    commands = json.loads((HERE / "commands.json").read_text())
    command = [*commands.get(name, ["python", "manage.py"] if name == "manage" else [name]), *extra]
    if name == "migrate":
        # Building an index may take longer than a page may; waiting for locks stays limited.
        os.environ.setdefault("STATEMENT_TIMEOUT_MS", "0")
    os.chdir(HERE.parent)
    os.execvp(command[0], command)  # noqa: S606 - the command of the operator is the purpose


if __name__ == "__main__":
    main()
