"""`python -m local` runs the portal; `python -m local manage …` is manage.py of the running portal."""

import os
import sys

from local import environment_file
from local.commands import manage
from local.runner import VAR, run, say


def main() -> int:
    if sys.argv[1:2] == ["manage"]:
        return _manage(sys.argv[2:])
    if sys.argv[1:]:
        say("Usage: python -m local [manage COMMAND …]")
        return 2
    return run()


def _manage(arguments: list[str]) -> int:
    """Becomes manage.py; comes back only when the portal is not running."""
    running = environment_file.read(VAR)
    if running:
        command = manage(*arguments)
        os.execve(command[0], command, {**os.environ, **running})  # noqa: S606 - our own command line
    say("The portal is not running: start it with `make run` in another terminal.")
    return 1


if __name__ == "__main__":
    sys.exit(main())
