"""The secrets of a single machine: made once in DATA_DIR/secrets.env, readable by their owner alone."""

import os
import secrets
from pathlib import Path

import environ
from cryptography.fernet import Fernet


def read_or_make(data_dir: Path) -> None:
    """Put the machine's secrets into the environment; make them at the first start. What is set already stands."""
    path = data_dir / "secrets.env"
    content = f"SECRET_KEY={secrets.token_urlsafe(64)}\nFIELD_ENCRYPTION_KEYS={Fernet.generate_key().decode()}\n"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(handle, "w") as file:
            file.write(content)
    environ.Env.read_env(path)


if __name__ == "__main__":
    data_dir = Path(os.environ.get("DATA_DIR", "var")).resolve()
    data_dir.mkdir(parents=True, exist_ok=True)
    read_or_make(data_dir)
