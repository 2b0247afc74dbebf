"""Walks the addresses, and tells each operation whether its address is the canonical one (decisions, section 1)."""

from typing import Any

from drf_spectacular.generators import SchemaGenerator


class ApiSchemaGenerator(SchemaGenerator):
    """Tells each view its `addresses`, in the order of the URLs: the first is canonical, the others are aliases."""

    def create_view(self, callback: Any, method: str, request: Any = None) -> Any:
        view = super().create_view(callback, method, request)
        endpoints: Any = self.endpoints
        paths = [path for path, _regex, _method, served in endpoints if served is callback]
        view.addresses = list(dict.fromkeys(paths))
        return view
