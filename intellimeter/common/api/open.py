"""Views under `/api/v1` that need no token, since they tell everybody the same."""

from rest_framework.views import APIView


class OpenView(APIView):
    """The base of them: read-only, throttled by the asker's address."""

    authentication_classes = ()
    permission_classes = ()
    http_method_names = ["get", "head"]
