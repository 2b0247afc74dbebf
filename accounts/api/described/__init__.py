"""The operations of accounts in words and examples (reference, Authentication and Endpoints; decisions, sections 4 and 5)."""

from accounts.api.described.applications import APPLICATION
from accounts.api.described.auth import AUTH
from accounts.api.described.authorization import AUTHORIZATION_PAGE
from accounts.api.described.authorization import PATH as AUTHORIZATION_PATH
from accounts.api.described.people import COMPANY, OWN_USER, USERS

__all__ = ["APPLICATION", "AUTH", "AUTHORIZATION_PAGE", "AUTHORIZATION_PATH", "COMPANY", "OWN_USER", "USERS"]
