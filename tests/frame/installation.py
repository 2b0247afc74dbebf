"""An installation as an operator makes one: its own DATA_DIR, its own port, real processes under honcho."""

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

BIN = Path(sys.executable).parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(holds: Callable[[], Any], *, seconds: float, what: str) -> None:
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(f"After {seconds} s still not: {what}")
        time.sleep(0.1)


class Installation:
    """What the operator's shell has, and what runs in it."""

    def __init__(self, data_dir: Path, **environment: str):
        self.data_dir = data_dir
        self.port = free_port()
        self.log = data_dir / "log.txt"
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if name not in {"DATABASE_URL", "CELERY_BROKER_URL", "CACHE_URL", "EMAIL_URL", "SECRET_KEY"}
        } | {
            "DJANGO_SETTINGS_MODULE": "intellimeter.settings.prod",
            "DATA_DIR": str(data_dir),
            "BIN": str(BIN),
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "WEB_WORKERS": "1",
            "TASK_WORKERS": "1",
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def run(self, command: str, *, stdin: str = "") -> str:
        """What a command of `.venv/bin` prints."""
        program, *arguments = shlex.split(command)
        done = subprocess.run(
            [str(BIN / program), *arguments],
            cwd=ROOT,
            env=self.environment,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def prepare(self) -> None:
        """What make does before it serves."""
        self.run("python -m intellimeter.settings.secrets")
        self.run("python manage.py collectstatic --noinput --verbosity 0")
        self.run("python manage.py migrate --noinput --verbosity 0")

    def start(self, *names: str) -> None:
        """Start processes of the Procfile (all, if none is named) in a group of their own, as a terminal does."""
        self.process = subprocess.Popen(
            [str(BIN / "honcho"), "--env", "/dev/null", "start", *names],
            cwd=ROOT,
            env=self.environment,
            stdout=self.log.open("wb"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def interrupt(self) -> None:
        """Ctrl-C: the terminal signals the whole group in front."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.wait(timeout=30)

    def processes(self) -> list[int]:
        """Everything alive that was started with this DATA_DIR."""
        marker = f"DATA_DIR={self.data_dir}".encode()
        found = []
        for entry in Path("/proc").iterdir():
            try:
                if entry.name.isdigit() and marker in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
            except OSError:
                continue  # it ended meanwhile, or is somebody else's
        return found

    def kill(self) -> None:
        """End all at once, as a machine's failure does."""
        for pid in self.processes():
            with suppress(ProcessLookupError):  # it ended meanwhile, with the one that it hung on
                os.kill(pid, signal.SIGKILL)
        if self.process is not None:
            self.process.wait()
