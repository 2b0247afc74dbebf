"""The table of scopes as the toolkit wants it: for its consent form and its metadata."""

from typing import Any

from oauth2_provider.scopes import BaseScopes

from accounts.scopes import ALL_SCOPES


class ScopesBackend(BaseScopes):
    def get_all_scopes(self) -> dict[str, str]:
        return {scope.name: scope.description for scope in ALL_SCOPES.values()}

    def get_available_scopes(
        self, application: Any = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        return application.scopes.split() if application is not None else list(ALL_SCOPES)

    def get_default_scopes(self, application: Any = None, request: Any = None, *args: Any, **kwargs: Any) -> list[str]:
        return self.get_available_scopes(application, request)
