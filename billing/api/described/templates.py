"""A property's own invoice template (decisions, section 7)."""

from billing.documents import MEDIA_TYPES
from intellimeter.common.api.schema.described import Answer, Chapter, Content, Operation
from intellimeter.common.api.schema.shapes import BINARY

ODT = MEDIA_TYPES["odt"]
EXAMPLE = {
    "created": "2021-04-12T12:08:04",
    "property": "8b70ac80",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "size": 13042,
}
TAKEN = {
    "type": "object",
    "properties": {
        "created": {"type": "string", "description": "The date and time the template was taken"},
        "property": {"type": "string", "description": "The ID of the property"},
        "sha256": {"type": "string", "description": "The SHA-256 digest of the file"},
        "size": {"type": "integer", "description": "The size of the file in bytes"},
    },
    "required": ["created", "property", "sha256", "size"],
}

TEMPLATE = Chapter(
    name="Template",
    part="Billing",
    description="The property's own template of invoices, an .odt file with placeholders such as `{{ total }}`.",
    operations={
        "download": Operation(
            summary="Returns the template that the property's invoices are made from",
            description="The property's own one, or the default one, which makes a good start for your own.",
            answers={
                200: Answer(
                    description="The file, as an attachment.",
                    content={ODT: Content(schema=BINARY)},
                    headers={"Content-Disposition": "The name of the file."},
                )
            },
        ),
        "replace": Operation(
            summary="Replaces the template of the invoices issued from now on",
            description=(
                "The body is the .odt file itself, of at most 2 MiB (unpacked 20 MiB), without macros and without links to "
                "outside, with no placeholders but those of invoices. An invoice is made from it once to see; a file that "
                "fails changes nothing."
            ),
            bodies={ODT: Content(schema=BINARY), "application/octet-stream": Content(schema=BINARY)},
            answers={
                200: Answer(
                    description="What was stored.", content={"application/json": Content(schema=TAKEN, example=EXAMPLE)}
                )
            },
            refuses=(413,),
        ),
        "destroy": Operation(
            summary="Returns to the default template",
            description="Invoices that were issued keep the template of their day.",
        ),
    },
)
