"""What tests of billing share."""

from tests.billing.processes import database  # noqa: F401 - a fixture
