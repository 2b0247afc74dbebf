"""The API's description for programs (OpenAPI 3.1) and for people (Swagger UI and Redoc), served by us."""
