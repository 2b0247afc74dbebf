"""The OpenAPI description of `/api/v1`, derived from what viewsets declare.

`described` is what an app adds in words and examples, `inspector` turns a viewset's declarations into an operation, `errors`
has the answers that go wrong, `generator` knows which address is an alias.
"""
