"""Who may call an operation: whoever's token carries its declared scope. Undeclared means denied (style, point 4)."""

from typing import TYPE_CHECKING, Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from intellimeter.common.api.errors import InsufficientScope

if TYPE_CHECKING:  # the framework's settings load this module while its views are being loaded
    from rest_framework.views import APIView


class HasDeclaredScope(BasePermission):
    """Lets a request through whose token may do what `view.scopes` names for the action (401 and 403 otherwise).

    `request.auth.may(scope)` answers for the token and for what its user may do today. A method that the address does
    not serve passes, to meet its 405.
    """

    def has_permission(self, request: Request, view: "APIView") -> bool:
        if request.auth is None:
            return False
        served = getattr(view, "action_map", None)
        if served is not None and str(request.method).lower() not in served:
            return True
        scope = getattr(view, "scopes", {}).get(getattr(view, "action", None))
        granted: Any = request.auth
        if scope is None or not granted.may(scope):
            raise InsufficientScope(scope)
        return True
