"""What is billed at a property: constants, tenants, fees and services."""

from functools import partial
from typing import Any

from django.utils import timezone

from billing import services
from billing.models import Fee, Service, Tenant
from intellimeter.provisioning.records import Entry
from intellimeter.provisioning.site import CONSTANTS_FIELDS, FEE_FIELDS, SERVICE_FIELDS, TENANT_FIELDS
from intellimeter.provisioning.upsert import Run, by_key, change_to
from metering.models import Property, Suite


def lay_constants(run: Run, property: Property, entry: Entry) -> None:
    """The property's rates and terms; every property has them from its start."""
    constants = services.ensure_constants(property=property)
    values = entry["constants"].only(*CONSTANTS_FIELDS) if "constants" in entry else {}
    run.lay(
        "constants",
        entry,
        [constants],
        create=lambda: constants,
        update=lambda row: change_to(row, values, partial(services.update_constants, constants=row)),
    )


def lay_tenants(run: Run, property: Property, suites: dict[str, Suite], entry: Entry) -> dict[str, Tenant]:
    """Tenants by email; where an entry lists suites, the tenant is bound to exactly those."""
    known = by_key(property.tenants.all(), "email")
    laid = {}
    for tenant_entry in entry.get("tenants", []):
        strangers = [name for name in tenant_entry.get("suites", []) if name not in suites]
        for name in strangers:
            run.problems.add(tenant_entry.at("suites"), f"{name!r} is no suite of this property; add it to `suites`.")
        if strangers:
            continue
        values = tenant_entry.only(*TENANT_FIELDS)
        wanted = [suites[name] for name in tenant_entry["suites"]] if "suites" in tenant_entry else None
        tenant = run.lay(
            "tenants",
            tenant_entry,
            known.get(tenant_entry["email"].casefold(), []),
            needs=("first_name", "last_name", "address"),
            create=partial(_create_tenant, property, values, wanted),
            update=partial(_update_tenant, values, wanted),
        )
        if tenant is not None:
            laid[tenant.email] = tenant
    return laid


def lay_fees(run: Run, property: Property, entry: Entry) -> dict[str, Fee]:
    """Fees by name."""
    known = by_key(property.fees.all(), "name")
    laid = {}
    for fee_entry in entry.get("fees", []):
        values = fee_entry.only(*FEE_FIELDS)
        fee = run.lay(
            "fees",
            fee_entry,
            known.get(fee_entry["name"], []),
            needs=("value",),
            create=partial(services.create_fee, property=property, **values),
            update=partial(_update_fee, values),
        )
        if fee is not None:
            laid[fee.name] = fee
    return laid


def lay_services(run: Run, property: Property, suites: dict[str, Suite], entry: Entry) -> dict[str, Service]:
    """Services by name."""
    known = by_key(property.services.select_related("suite"), "name")
    laid = {}
    for service_entry in entry.get("services", []):
        values = service_entry.only(*SERVICE_FIELDS)
        if "suite" in service_entry:
            if service_entry["suite"] not in suites:
                sentence = f"{service_entry['suite']!r} is no suite of this property; add it to `suites`."
                run.problems.add(service_entry.at("suite"), sentence)
                continue
            values["suite"] = suites[service_entry["suite"]]
        service = run.lay(
            "services",
            service_entry,
            known.get(service_entry["name"], []),
            needs=("suite", "address", "invoice_type", "day_of_month"),
            create=partial(services.create_service, property=property, **values),
            update=partial(_update_service, values),
        )
        if service is not None:
            laid[service.name] = service
    return laid


def _create_tenant(property: Property, values: dict[str, Any], wanted: list[Suite] | None) -> Tenant:
    tenant = services.create_tenant(property=property, **values)
    _bind(tenant, wanted)
    return tenant


def _update_tenant(values: dict[str, Any], wanted: list[Suite] | None, tenant: Tenant) -> bool:
    changed = change_to(tenant, values, partial(services.update_tenant, tenant=tenant))
    return _bind(tenant, wanted) or changed


def _bind(tenant: Tenant, wanted: list[Suite] | None) -> bool:
    """Bind the tenant to exactly these suites; whether that changed anything."""
    if wanted is None:
        return False
    had = {binding.suite_id: binding.suite for binding in tenant.bindings.select_related("suite")}
    asked = {suite.pk: suite for suite in wanted}
    for pk in had.keys() - asked.keys():
        services.unbind_tenant(tenant=tenant, suite=had[pk])
    for pk in sorted(asked.keys() - had.keys()):
        services.bind_tenant(tenant=tenant, suite=asked[pk])
    return had.keys() != asked.keys()


def _update_fee(values: dict[str, Any], fee: Fee) -> bool:
    return change_to(fee, values, partial(services.update_fee, fee=fee))


def _update_service(values: dict[str, Any], service: Service) -> bool:
    return change_to(service, values, partial(services.update_service, service=service, now=timezone.now()))
