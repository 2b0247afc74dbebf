"""The company, oneself, and the people of the company (reference, Company and Account Management)."""

from intellimeter.common.api.schema.described import Chapter, Operation

PART = "Endpoints"

COMPANY = Chapter(
    name="Company",
    part=PART,
    description="Your own company.",
    example={
        "created": "2021-03-29T17:13:19",
        "id": "8b70ac80",
        "name": "Company Name",
        "tax_number": "123456789 RT0001",
        "timezone": "America/Toronto",
        "updated": "2021-04-14T11:19:42",
    },
    fields={
        "created": "The date and time the company was created",
        "id": "The ID of the company",
        "name": "The name of the company",
        "tax_number": "What is printed on invoices as the company's tax number",
        "timezone": "The IANA name of the time zone of what belongs to no property",
        "updated": "The date and time the company was updated",
    },
    operations={
        "retrieve": Operation(summary="Returns information about your company", refuses=(404,)),
        "update": Operation(
            summary="Updates information about your company", body={"name": "New Name"}, refuses=(404,)
        ),
    },
)

USER = {
    "active": True,
    "admin": True,
    "company": "8b70ac80",
    "created": "2021-04-08T11:22:07",
    "email": "JohnSmith@example.com",
    "first_name": "John",
    "id": "8b70ac80",
    "last_name": "Smith",
    "updated": "2021-04-08T15:56:43",
}
JANE = {"email": "JaneDoe@example.com", "first_name": "Jane", "last_name": "Doe"}
SHOWN_JANE = USER | JANE | {"admin": False}
FIELDS = {
    "active": "If the user may log into their account",
    "admin": "If the user has admin rights",
    "company": "The ID of the company the user is tied to",
    "created": "The date and time the user was created",
    "email": "The user's email address",
    "first_name": "The first name of the user",
    "id": "The user's ID",
    "last_name": "The last name of the user",
    "password": "The password; where it is left out, it stays as it is",
    "updated": "The date and time the user was last updated",
}

OWN_USER = Chapter(
    name="My Account Management",
    part=PART,
    description="Your own account.",
    example=USER,
    fields=FIELDS,
    operations={
        "retrieve": Operation(summary="Returns account information of the authenticated user"),
        "update": Operation(summary="Updates the authenticated user's account information", body=JANE),
    },
)

USERS = Chapter(
    name="All Account Management",
    part=PART,
    description="The users of your company.",
    example=USER,
    fields=FIELDS,
    operations={
        "list": Operation(summary="Returns account information of the requested user, or of all users"),
        "create": Operation(
            summary="Creates a new user account",
            body={"active": True, "admin": False, "password": "correct horse battery", **JANE},
            example=SHOWN_JANE,
        ),
        "update": Operation(
            summary="Updates the account information of the requested user",
            description="The last active admin of a company stays one: 409.",
            body={"active": True, "admin": False, **JANE},
            example=SHOWN_JANE,
        ),
        "destroy": Operation(
            summary="Deletes the selected user",
            description="Setting `active` to false instead of deleting is recommended. The last admin stays: 409.",
            example=SHOWN_JANE,
        ),
    },
)
