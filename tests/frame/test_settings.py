"""Settings fail loudly, and a single machine makes its own secrets once (style, point 11; decisions, section 10)."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT

SECRETS = {"SECRET_KEY": "x" * 64, "FIELD_ENCRYPTION_KEYS": "v2r5Fdxhk3NgSqGJQ8SOJoLhqg8JWE7w7yHEPE7rd2s="}


def load(settings: str, tmp_path, show: str = "None", **environment: str) -> subprocess.CompletedProcess[str]:
    code = f"from django.conf import settings; print({show})"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": f"intellimeter.settings.{settings}", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("missing", SECRETS)
@pytest.mark.parametrize("value", [None, ""])
def test_prod_without_a_secret_does_not_start_and_names_it(tmp_path, missing, value):
    environment = SECRETS | {missing: value}

    done = load("prod", tmp_path, "settings.DEBUG", **{k: v for k, v in environment.items() if v is not None})

    assert done.returncode == 1
    assert f"ImproperlyConfigured: {missing} is not set." in done.stderr


def test_prod_takes_secrets_from_the_file_in_data_dir(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "intellimeter.settings.secrets"], cwd=ROOT, env={"DATA_DIR": str(tmp_path)}, check=True
    )

    done = load("prod", tmp_path, "len(settings.SECRET_KEY) > 50 and len(settings.FIELD_ENCRYPTION_KEYS)")

    assert done.stdout == "1\n"


def test_secrets_are_made_once_and_for_their_owner_alone(tmp_path):
    first = load("dev", tmp_path, "settings.SECRET_KEY").stdout
    second = load("dev", tmp_path, "settings.SECRET_KEY").stdout

    assert first == second != "\n"
    assert (tmp_path / "secrets.env").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("given", "options"), [("", "-c jit=off"), ("?options=-c%20work_mem%3D64MB", "-c work_mem=64MB")]
)
def test_postgresql_compiles_no_statements_unless_options_are_given(tmp_path, given, options):
    show = "settings.DATABASES['default']['OPTIONS']['options']"

    done = load("prod", tmp_path, show, DATABASE_URL=f"postgres://host/name{given}", **SECRETS)

    assert done.stdout.strip() == options


def test_https_in_the_public_url_turns_on_what_https_allows(tmp_path):
    show = "(settings.SECURE_SSL_REDIRECT, settings.SESSION_COOKIE_SECURE, settings.ALLOWED_HOSTS[0])"

    done = load("prod", tmp_path, show, PUBLIC_URL="https://portal.example", **SECRETS)

    assert done.stdout == "(True, True, 'portal.example')\n"


def test_logs_are_one_line_an_event_with_the_facts_of_extra(tmp_path):
    code = "__import__('logging').getLogger('billing').error('two\\nlines', extra={'invoice': 'ab12cd34', 'why': 'no mail'})"

    done = load("prod", tmp_path, f"__import__('django').setup() or {code}", **SECRETS)

    assert done.stderr.split(" ", 1)[1] == 'ERROR billing two\\nlines invoice=ab12cd34 why="no mail"\n'
