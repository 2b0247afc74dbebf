"""The description's own operation."""

from intellimeter.common.api.schema.described import Answer, Chapter, Content, Operation

DESCRIPTION = Chapter(
    name="Description",
    part="Public",
    description="This description, for programs.",
    operations={
        "get": Operation(
            summary="Returns the OpenAPI 3.1 description of this API",
            description="Swagger UI shows it at `/api/v1/docs`, Redoc at `/api/v1/docs/redoc`.",
            answers={
                200: Answer(
                    description="The description.",
                    content={"application/json": Content(schema={"type": "object", "required": ["openapi", "paths"]})},
                    headers={"ETag": "Changes with the description."},
                ),
                304: Answer(description="It has not changed since `If-None-Match`."),
            },
        )
    },
)
