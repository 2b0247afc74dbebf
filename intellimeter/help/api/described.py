"""The public operations in words (reference, Public)."""

from intellimeter.common.api.schema.described import Answer, Chapter, Content, Operation, Parameter
from intellimeter.common.api.schema.parameters import EXAMPLE_ID
from intellimeter.common.api.schema.shapes import ID

PART = "Public"

FAQ = Chapter(
    name="FAQ",
    part=PART,
    description="Frequent questions about this API, with their answers.",
    example={
        "answer": "Answer 1",
        "created": "2021-04-08T16:27:02",
        "id": "8b70ac80",
        "question": "Question 1",
        "updated": "2021-04-08T16:27:02",
    },
    fields={
        "answer": "The answer in plain text; an empty line begins a paragraph",
        "created": "When the question was written, in UTC",
        "id": "The ID of the question",
        "question": "The question",
        "updated": "When the question or its answer was last changed, in UTC",
    },
    operations={
        "list": Operation(
            summary="Returns the frequent questions and their answers",
            description="Open to all: no token is needed, and one that is sent is ignored.",
            parameters=(Parameter(name="id", description="Only the one of this id.", schema=ID, example=EXAMPLE_ID),),
            refuses=(404,),
        )
    },
)

DOCUMENTATION = Chapter(
    name="User Manual",
    part=PART,
    description="The manual of the portal, for people.",
    operations={
        "get": Operation(
            summary="Returns the latest user manual",
            description="Open to all: no token is needed.",
            answers={
                200: Answer(
                    description="The manual as a PDF.",
                    content={"application/pdf": Content(schema={"type": "string", "format": "binary"})},
                    headers={"ETag": "Changes with the manual."},
                ),
                304: Answer(description="It has not changed since `If-None-Match`."),
            },
        )
    },
)
