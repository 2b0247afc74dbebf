"""What every endpoint of `/api/v1` rests on: scopes, tenancy, strict bodies, one shape of errors."""
