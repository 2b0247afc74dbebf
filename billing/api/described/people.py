"""Suites, tenants, and which tenant lives where (reference, Suite, Tenant and Tenant Suite)."""

from intellimeter.common.api.schema.described import Answer, Chapter, Content, Operation
from intellimeter.common.api.schema.shapes import listed, ref

PART = "Billing"

SHOWN_SUITE = {"id": "67bd6fc2", "name": "My Newer Suite", "property": "8b70ac80"}

SUITE = Chapter(
    name="Suite",
    part=PART,
    description="The suites of a property.",
    example={"id": "8b70ac80", "name": "My Suite", "property": "8b70ac80"},
    fields={
        "id": "The ID of the suite",
        "name": "The name of the suite",
        "property": "The ID of the property",
    },
    operations={
        "list": Operation(summary="Returns the suites of the property"),
        "create": Operation(
            summary="Creates a new suite",
            body={"name": "My New Suite"},
            example={"id": "67bd6fc2", "name": "My New Suite", "property": "8b70ac80"},
        ),
        "update": Operation(summary="Updates the selected suite", body={"name": "My Newer Suite"}, example=SHOWN_SUITE),
        "destroy": Operation(
            summary="Deletes the selected suite",
            description="Its meters lose the suite and its tenants their binding. A suite with invoices stays: 409.",
            example=SHOWN_SUITE,
        ),
    },
)

NEW_TENANT = {
    "address": "123 Main St.",
    "email": "support@intellimeter.ca",
    "first_name": "John",
    "last_name": "Doe",
    "phone": None,
}
SHOWN_TENANT = {
    "address": "123 Main St.",
    "email": "support@intellimeter.ca",
    "first_name": "John",
    "id": "8b70ac80",
    "last_name": "Smith",
    "phone": None,
    "property": "8b70ac80",
}

TENANT = Chapter(
    name="Tenant",
    part=PART,
    description="The people who get invoices by mail.",
    example=SHOWN_TENANT,
    fields={
        "address": "The address of the tenant",
        "email": "The email address of the tenant",
        "first_name": "The first name of the tenant",
        "id": "The ID of the tenant",
        "last_name": "The last name of the tenant",
        "phone": "The phone number of the tenant, or null if unset",
        "property": "The property of the tenant",
    },
    operations={
        "list": Operation(summary="Returns the tenants of the property"),
        "create": Operation(summary="Creates a new tenant", body=NEW_TENANT),
        "update": Operation(summary="Updates the selected tenant", body=NEW_TENANT),
        "destroy": Operation(summary="Deletes the selected tenant"),
    },
)

TENANT_SUITE = Chapter(
    name="Tenant Suite",
    part=PART,
    description="Which tenants get what is billed for which suites.",
    fields={
        "tenant": "The ID of the tenant to bind to the suite",
        "suite": "The ID of the suite to bind to the tenant",
    },
    operations={
        "list": Operation(
            summary="Returns the tenants of a suite, or the suites of a tenant",
            description="Exactly one of `tenant` and `suite` is sent.",
            answers={
                200: Answer(
                    description="Tenants where `suite` is sent, suites where `tenant` is.",
                    content={
                        "application/json": Content(
                            schema={"anyOf": [listed(ref("Tenant")), listed(ref("Suite"))]},
                            examples={"of_a_suite": [SHOWN_TENANT], "of_a_tenant": [SHOWN_SUITE]},
                        )
                    },
                )
            },
        ),
        "create": Operation(summary="Binds a tenant to a suite", body={"suite": "2fbac398", "tenant": "5754eba3"}),
        "destroy": Operation(summary="Removes the binding of a tenant to a suite"),
    },
)
