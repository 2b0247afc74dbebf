"""The rates and fees that invoices rest on (reference, Constants and Fee)."""

from intellimeter.common.api.schema.described import Chapter, Operation

PART = "Billing"

CONSTANTS = Chapter(
    name="Constants",
    part=PART,
    description="The rates, tax and terms that invoices are generated with. Every property has them from its start.",
    example={
        "days_to_pay": 30,
        "invoice_from": "Intellimeter Canada Inc.",
        "price_per_electricity": 13.0,
        "price_per_gas": 13.0,
        "price_per_water": 13.0,
        "property": "8b70ac80",
        "tax_rate": 13.0,
        "updated": "2021-04-12T11:03:15",
    },
    fields={
        "days_to_pay": "The number of days the tenant has to pay their bill before it becomes overdue",
        "invoice_from": "The name to include in the signature line of the invoice email",
        "price_per_electricity": "The unit rate of electricity in cents",
        "price_per_gas": "The unit rate of gas in cents",
        "price_per_water": "The unit rate of water in cents",
        "property": "The ID of the property this set of constants is tied to",
        "tax_rate": "The tax rate, in percent",
        "updated": "The date and time these constants were last updated",
    },
    operations={
        "list": Operation(summary="Returns the constants used in generating invoices"),
        "update": Operation(
            summary="Updates the billing constants tied to a property",
            description="The property stands in the query or in the body; a company of one property need not name it.",
            body={
                "days_to_pay": 30,
                "invoice_from": "Intellimeter Canada Inc.",
                "price_per_electricity": 13.0,
                "price_per_gas": 13.0,
                "price_per_water": 13.0,
                "property": "8b70ac80",
                "tax_rate": 13.0,
            },
        ),
    },
)

NEW_FEE = {"active": True, "name": "My New Fee", "value": 10.25}
SECOND_FEE = {"active": True, "name": "My New Fee 2", "value": 12.25}
SHOWN_FEE = {"active": True, "id": "7009803c", "name": "My New Fee", "property": "8b70ac80", "value": 10.25}

FEE = Chapter(
    name="Fee",
    part=PART,
    description="The additional flat fees on every invoice of a property.",
    example=SHOWN_FEE,
    fields={
        "active": "If the fee should be included in future bills",
        "id": "The ID of the fee",
        "name": "The name of the fee, as it is printed on the invoice",
        "property": "The property ID the fee belongs to",
        "value": "The value of the fee in dollars",
    },
    operations={
        "list": Operation(summary="Returns the additional flat fees included in generated invoices"),
        "create": Operation(
            summary="Creates a new flat fee to be included in generated invoices",
            description="The property stands in the query or in the body; a company of one property need not name it.",
            body=NEW_FEE,
        ),
        "flush": Operation(
            summary="Replaces all of the property's fees with those of the body",
            description="A fee that the body does not have is deleted; each fee is assigned a new id.",
            body=[NEW_FEE, SECOND_FEE],
            example=[SHOWN_FEE, SECOND_FEE | {"id": "8f621a3b", "property": "8b70ac80"}],
        ),
        "update": Operation(summary="Updates the selected fee", body=NEW_FEE),
        "destroy": Operation(summary="Deletes the selected fee"),
    },
)
