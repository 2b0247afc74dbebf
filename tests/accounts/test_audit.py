import pytest
from auditlog.models import LogEntry
from auditlog.registry import auditlog
from celery import shared_task
from django.apps import apps
from django.conf import settings
from django.urls import reverse

from accounts import services
from accounts.audit import is_exempt, record_created, update_rows
from accounts.models import AccessToken, Application, Company, User
from billing.models import Fee
from metering.models import Property, Suite
from tests.accounts.oauth.asking import ask
from tests.factories.accounts import (
    AdminFactory,
    ApplicationFactory,
    CompanyFactory,
    api_client,
)
from tests.factories.billing import FeeFactory, InvoiceFactory

pytestmark = pytest.mark.django_db
Action = LogEntry.Action


def entries(*rows):
    return LogEntry.objects.filter(pk__in=[entry.pk for row in rows for entry in LogEntry.objects.get_for_object(row)])


def last(row):
    return LogEntry.objects.get_for_object(row).latest("timestamp", "pk")


def test_change_is_kept_with_before_and_after():
    company = CompanyFactory(name="Old name")
    services.update_company(company=company, name="New name", tax_number="123")
    entry = last(company)
    assert entry.action == Action.UPDATE
    assert entry.changes == {"name": ["Old name", "New name"], "tax_number": ["", "123"]}


def test_change_to_the_same_leaves_no_entry():
    company = CompanyFactory()
    count = LogEntry.objects.count()
    services.update_company(company=company, name=company.name)
    assert LogEntry.objects.count() == count


def test_deletion_keeps_what_was_there():
    company = CompanyFactory()
    pk = company.pk
    company.delete()
    entry = LogEntry.objects.get(action=Action.DELETE, object_pk=str(pk))
    assert entry.changes["name"] == [company.name, None]


@pytest.mark.urls("tests.common.api.suites")
def test_api_change_names_the_tokens_user_and_application():
    client = api_client("billing:suite:create")
    house = Property.objects.create(company=client.user.company, job_number="1", job_name="J", display_name="House")
    client.post("/api/v1/suites", {"name": "101", "property": house.public_id})
    entry = last(Suite.objects.get())
    assert (entry.actor, entry.action) == (client.user, Action.CREATE)
    assert entry.additional_data == {
        "via": "api",
        "application": client.token.application.public_id,
        "program": client.token.application.name,
        "company": client.user.company_id,
    }
    assert entry.remote_addr == "127.0.0.1"


@pytest.mark.urls("tests.common.api.suites")
def test_api_change_is_never_a_session_users():
    client = api_client("billing:suite:create")
    other = AdminFactory()
    client.force_login(other)
    house = Property.objects.create(company=client.user.company, job_number="1", job_name="J", display_name="House")
    client.post("/api/v1/suites", {"name": "101", "property": house.public_id})
    assert last(Suite.objects.get()).actor == client.user


def test_command_is_named(monkeypatch):
    monkeypatch.setattr("sys.argv", ["manage.py", "provision", "site.json"])
    company = CompanyFactory()
    entry = last(company)
    assert (entry.actor, entry.additional_data) == (None, {"via": "command provision", "company": company.pk})


def test_secrets_are_masked():
    user = AdminFactory()
    services.update_user(user=user, password="a better horse than yours")
    assert last(user).changes == {"password": ["********", "********"]}
    application, _ = services.create_application(user=user, name="A", scopes="uac:user:read")
    services.update_application(application=application, new_secret=True)
    assert last(application).changes == {"client_secret": ["********", "********"]}


def test_no_entry_holds_a_secret():
    application = ApplicationFactory()
    body = ask(application).json()
    _, secret = services.update_application(application=application, new_secret=True)
    user = services.create_user(
        company=application.user.company,
        password="a horse nobody rides",
        email="x@example.com",
        first_name="X",
        last_name="Y",
    )
    secrets = [
        body["access_token"],
        body["refresh_token"],
        secret,
        "a horse nobody rides",
        user.password,
        Application.objects.get().client_secret,
        AccessToken.objects.first().token_checksum,
    ]
    log = str(list(LogEntry.objects.values_list("changes", "object_repr", "serialized_data")))
    assert [value for value in secrets if value in log] == []


def test_every_model_is_audited_or_exempt():
    models = {model for label in settings.AUDITED_APPS for model in apps.get_app_config(label).get_models()}
    assert models - set(auditlog.get_models()) == {model for model in models if is_exempt(model)}
    assert {model._meta.label for model in models} >= settings.AUDIT_EXEMPT


def test_portal_change_names_the_signed_in_user(client):
    invoice = InvoiceFactory()
    admin = AdminFactory(company=invoice.company)
    client.force_login(admin)
    client.post(reverse("invoice-paid", args=[invoice.public_id]))
    entry = last(invoice)
    assert (entry.actor, entry.additional_data) == (admin, {"via": "portal", "company": admin.company_id})
    assert list(entry.changes) == ["paid"]
    assert entry.changes["paid"][0] is None


def test_task_is_named():
    @shared_task(name="tests.rename")
    def rename(pk):
        services.update_company(company=Company.objects.get(pk=pk), name="Renamed")

    company = CompanyFactory()
    rename.delay(company.pk)
    assert last(company).additional_data == {"via": "task tests.rename", "company": company.pk}


def test_rows_updated_at_once_leave_an_entry_each_that_changed():
    fees = [FeeFactory(name="Old"), FeeFactory(name="Old"), FeeFactory(name="New")]

    assert update_rows(Fee.objects.filter(pk__in=[fee.pk for fee in fees]), name="New") == 3

    told = LogEntry.objects.get_for_model(Fee).filter(action=Action.UPDATE).order_by("object_id")
    assert [(entry.object_id, entry.object_repr, entry.changes) for entry in told] == [
        (fee.pk, "New", {"name": ["Old", "New"]}) for fee in fees[:2]
    ]
    assert set(Fee.objects.values_list("name", flat=True)) == {"New"}


def test_rows_created_at_once_are_told_alike_and_each_without_secrets():
    record_created(
        User, [(7, "Ada", {"email": "ada@example.com", "password": "x", "phone": None})], alike={"admin": True}
    )

    [entry] = LogEntry.objects.get_for_model(User).filter(object_id=7)
    assert (entry.object_repr, entry.action) == ("Ada", Action.CREATE)
    assert entry.changes == {
        "admin": [None, True],
        "email": [None, "ada@example.com"],
        "password": [None, "********"],
    }


def test_rows_that_are_exempt_are_not_recorded():
    with pytest.raises(ValueError, match="AccessToken is not in the audit log"):
        record_created(AccessToken, [(1, "token", {})])
