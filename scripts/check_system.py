"""Is all there that pip cannot bring? Run by make with the system's own Python, before there is a `.venv`.

WeasyPrint loads Pango and HarfBuzz by name, invoices are laid out for one font, and Debian keeps `venv` in a package of its
own. Root gets what is missing installed; anybody else gets the one line to type.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys

LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
FONTS = ("Liberation Sans", "Arial")  # of the same widths; with any other, lines of an invoice may break
OLDEST = (3, 11)


def say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_font() -> bool:
    fonts = subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True, check=False)  # noqa: S607 - on PATH
    return any(font in fonts.stdout for font in FONTS)


def missing_packages() -> list[str]:
    """Debian's packages that this machine lacks."""
    missing = [package for library, package in LIBRARIES.items() if not loads(library)]
    if not (importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv")):
        missing.append("python3-venv")
    if not shutil.which("fc-list"):
        missing.append("fontconfig")
    if "fontconfig" in missing or not has_font():
        missing.append("fonts-liberation")
    return missing


def main() -> int:
    if sys.version_info < OLDEST:
        say(f"Python {sys.version.split()[0]} is too old: make PYTHON=python3.11 (or newer) names another.")
        return 1
    missing = missing_packages()
    if not missing:
        return 0
    install = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(missing)}"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        say(f"System packages are missing. On Debian, run: sudo sh -c '{install}'")
        return 1
    say(f"System packages are missing: {install}")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    return subprocess.run(install, shell=True, check=False).returncode  # noqa: S602 - the line that was just shown


if __name__ == "__main__":
    raise SystemExit(main())
