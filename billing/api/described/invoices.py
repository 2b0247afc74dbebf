"""Invoices, their files, and the services that generate them (reference, Invoice, Invoice File and Service)."""

from billing.documents import MEDIA_TYPES
from intellimeter.common.api.schema.described import Answer, Chapter, Content, Operation, Parameter
from intellimeter.common.api.schema.shapes import BINARY, TEXT

PART = "Billing"

INVOICE = Chapter(
    name="Invoice",
    part=PART,
    description="Generated invoices.",
    example={
        "created": "2021-04-12T12:08:04",
        "due": "2021-05-12",
        "email_sent": "2021-04-12T12:08:05",
        "filename": "my_invoice_1.odt",
        "id": "8b70ac80",
        "paid": None,
        "property": "8b70ac80",
        "service": "8b70ac80",
        "suite": "8b70ac80",
        "total": 500.25,
    },
    fields={
        "created": "The date and time the invoice was generated",
        "due": "The date the invoice can be considered due",
        "email_sent": "The date and time the mail server took the invoice; null until then",
        "filename": "The name of the invoice's file, in the .odt format; with .pdf in its place it is a PDF",
        "id": "The ID of the invoice",
        "paid": "The date and time the tenant paid for the invoice, or null if it is unpaid",
        "property": "The ID of the property where the billed suite is located",
        "service": "The ID of the service which generated that invoice",
        "suite": "The ID of the suite which is responsible for paying for the invoice",
        "total": "The total of the invoice in dollars",
        "month": "The month that the periods' last days lie in",
    },
    operations={
        "list": Operation(summary="Returns the history of generated invoices, newest first"),
        "update": Operation(
            summary="Marks the selected invoice as paid",
            description="This cannot be undone; a second request changes nothing and returns the invoice.",
            example={
                "created": "2021-04-12T12:08:04",
                "due": "2021-05-12",
                "email_sent": "2021-04-12T12:08:05",
                "filename": "my_invoice_1.odt",
                "id": "8b70ac80",
                "paid": "2021-04-12T12:14:08",
                "property": "8b70ac80",
                "service": "8b70ac80",
                "suite": "8b70ac80",
                "total": 500.25,
            },
        ),
        "generate": Operation(
            summary="Generates the missing invoices of a month",
            description=(
                "Those of the periods whose last day lies in the month, of one service or of all; invoices that exist "
                "already come back unchanged among them. Periods that are not over are never billed."
            ),
            body={"month": "2021-03", "service": "8b70ac80"},
        ),
    },
)

INVOICE_FILE = Chapter(
    name="Invoice File",
    part=PART,
    description="Past invoices as files.",
    operations={
        "download": Operation(
            summary="Returns the invoice with this file name",
            parameters=(
                Parameter(
                    name="name",
                    description="The name of the file: an invoice's `filename`, or the same name with .pdf.",
                    schema=TEXT,
                    required=True,
                    example="my_invoice_1.odt",
                ),
            ),
            answers={
                200: Answer(
                    description="The file, as an attachment.",
                    content={media_type: Content(schema=BINARY) for media_type in MEDIA_TYPES.values()},
                    headers={"Content-Disposition": "The name of the file."},
                )
            },
        ),
    },
)

ORDER = {
    "address": "2134 Here St.",
    "day_of_month": 5,
    "invoice_type": "Split From General",
    "name": "My Service",
    "suite": "8b70ac80",
}

SERVICE = Chapter(
    name="Service",
    part=PART,
    description="The standing orders that generate invoices.",
    example={
        "active": True,
        "address": "123 Main St.",
        "day_of_month": 3,
        "id": "8b70ac80",
        "invoice_type": "Split From General",
        "name": "My Service",
        "property": "8b70ac80",
        "suite": "8b70ac80",
    },
    fields={
        "active": "If the service is allowed to generate invoices",
        "address": "The address to issue the invoice to",
        "day_of_month": "The day of the month to generate and send the invoices on; the last day of a shorter month",
        "id": "The ID of the service",
        "invoice_type": (
            "The type of invoice to generate. Customized Price bills the property's fees alone, General Consumption Price the "
            "suite's consumption at the property's rates, Split From General the suite's share of the property's consumption"
        ),
        "name": "The name of the service",
        "property": "The ID of the property to generate invoices for",
        "suite": "The ID of the suite this service applies to",
        "service": "The ID of the one service to generate for; all of the property's without it",
    },
    operations={
        "list": Operation(summary="Returns the services of the property"),
        "create": Operation(summary="Creates a new service", body=ORDER),
        "update": Operation(summary="Updates the selected service", body=ORDER),
        "destroy": Operation(summary="Deletes the selected service"),
    },
)
