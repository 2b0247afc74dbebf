"""The base of every endpoint: the reference addresses objects by query, and this turns that into list, create, update
and destroy (design, section 2).

A request is judged in the order of decisions, section 3: token (401) and scope (403) by the authentication and
permission classes; ids in path and query (404) in `resolve`; body and parameters (400) by the serializer and the
filterset; state (409) by the services that the `perform_*` hooks call.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, QuerySet
from django.http.response import HttpResponseBase
from rest_framework import status
from rest_framework.exceptions import (
    AuthenticationFailed,
    NotAuthenticated,
    NotFound,
    PermissionDenied,
    Throttled,
    ValidationError,
)
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from intellimeter.common.api.fields import is_public_id
from intellimeter.common.api.pagination import TOTAL
from intellimeter.common.api.schema.described import Chapter
from intellimeter.common.api.throttling import count_bad_token, wait_after_bad_tokens

Rows = QuerySet[Any]


class ApiViewSet(GenericViewSet[Any]):
    """An endpoint by its attributes.

    `scopes` names the scope of each action; one without does not start. `queryset` is only ever used through
    `visible_to(user)`. `id_filters` are the query parameters that hold the id of something else and narrow the list:
    the name, to the other model's manager and the field that holds its key; a foreign or unknown id is a 404.
    `answers_in_list` are the actions whose one object comes in a list (or that answer one), `answers_nothing` those that
    answer 204; `answers_deleted` says whether a DELETE returns what it deleted.
    `replaces` are the actions whose PUT stands for the whole object, instead of changing the fields that it is sent.
    `body_serializers` names the serializer of an action's body where it is not the one that shows the object, None for one
    without a body. `described` says in words what the API's description cannot tell from all this.
    """

    scopes: ClassVar[Mapping[str, str]] = {}
    id_parameter: ClassVar[str] = "id"
    id_required: ClassVar[frozenset[str]] = frozenset({"update", "destroy"})
    id_filters: ClassVar[Mapping[str, tuple[Any, str]]] = {}
    answers_in_list: ClassVar[frozenset[str]] = frozenset()
    answers_nothing: ClassVar[frozenset[str]] = frozenset()
    answers_deleted: ClassVar[bool] = False
    replaces: ClassVar[frozenset[str]] = frozenset()
    body_serializers: ClassVar[Mapping[str, Any]] = {}
    described: ClassVar[Chapter | None] = None
    http_method_names = ["get", "head", "post", "put", "delete"]

    instance: Any = None
    """The object that the id parameter names, once `resolve` has found it."""

    @classmethod
    def as_view(cls, actions: Any = None, **initkwargs: Any) -> Any:
        for action in (actions or {}).values():
            if action not in cls.scopes:
                raise ImproperlyConfigured(f"{cls.__name__}.{action} declares no scope.")
        return super().as_view(actions, **initkwargs)

    # --- who asks: 401, 403, and 429 for those who ask too often

    def perform_authentication(self, request: Request) -> None:
        """Look at the token, unless its address showed too many that are none: whoever guesses would learn which is one."""
        wait = wait_after_bad_tokens(request)
        if wait is not None:
            raise Throttled(wait)
        try:
            super().perform_authentication(request)
        except AuthenticationFailed:
            count_bad_token(request)
            raise

    def check_permissions(self, request: Request) -> None:
        """Count those who may not as well."""
        try:
            super().check_permissions(request)
        except (NotAuthenticated, PermissionDenied):
            self.check_throttles(request)
            raise

    # --- ids in the query: 404

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if str(request.method).lower() in (self.action_map or {}):
            self.resolve()

    def resolve(self) -> None:
        """Find what the query names, before anything else of it or of the body is judged; extend for more ids."""
        self.filtered_by: dict[str, Any] = {}
        for name, (rows, lookup) in self.id_filters.items():
            if (found := self.find(name, self.narrowed(rows))) is not None:
                self.filtered_by[lookup] = found.pk
        if self.has_rows:
            self.instance = self.find(self.id_parameter, self.get_queryset())
            if self.instance is None and self.action in self.id_required:
                raise ValidationError({self.id_parameter: ["This parameter is required: the id of what is meant."]})

    def named_ids(self) -> dict[str, bool]:
        """The query parameters that hold ids, and whether this action requires them; for the API's description."""
        named = dict.fromkeys(self.id_filters, False) if self.action == "list" else {}
        if self.has_rows and (self.action == "list" or self.action in self.id_required):
            named[self.id_parameter] = self.action in self.id_required
        return named

    def narrowed(self, rows: Any) -> Any:
        """Those of the rows that the request can be about, by what else it names; extend for such a thing."""
        return rows

    def find(self, parameter: str, rows: Any) -> Any:
        """The visible row that a query parameter names, None where it is not sent; 404 if there is no such row."""
        wanted = self.request.query_params.get(parameter)
        if wanted is None:
            return None
        visible = rows.visible_to(self.request.user)
        found = visible.filter(public_id=wanted).first() if is_public_id(wanted) else None
        if found is None:
            raise NotFound(f"There is no {visible.model._meta.verbose_name} with this id, or none you may see.")
        return found

    # --- rows and answers

    @property
    def has_rows(self) -> bool:
        """Whether the endpoint serves rows of a model, rather than figures."""
        return getattr(self, "queryset", None) is not None

    def get_queryset(self) -> Rows:
        every: Any = super().get_queryset()
        rows: Rows = every.visible_to(self.request.user)
        return rows

    def body_serializer_class(self) -> Any:
        """What checks the body of this action; None where it takes none."""
        return self.body_serializers.get(str(self.action), self.get_serializer_class())

    def valid(self, instance: Any = None, **kwargs: Any) -> dict[str, Any]:
        """What the body says, checked; for an update, only the fields that it has."""
        partial = instance is not None and self.action not in self.replaces
        kwargs.setdefault("context", self.get_serializer_context())
        serializer = (self.body_serializer_class() or self.get_serializer_class())(
            instance, data=self.request.data, partial=partial, **kwargs
        )
        serializer.is_valid(raise_exception=True)
        values: dict[str, Any] = serializer.validated_data
        return values

    def answer(self, found: Any, *, code: int = status.HTTP_200_OK) -> Response:
        """The object as the reference shows it, read anew with all that the list's rows carry."""
        if self.action in self.answers_nothing:
            return Response(status=status.HTTP_204_NO_CONTENT)
        if isinstance(found, Model) and self.has_rows:
            found = self.get_queryset().get(pk=found.pk)
        shown = self.get_serializer(found).data
        return Response([shown] if self.action in self.answers_in_list else shown, status=code)

    # --- operations

    def list(self, request: Request) -> HttpResponseBase:
        rows = self.get_queryset().filter(**self.filtered_by)
        if self.instance is not None:
            rows = rows.filter(pk=self.instance.pk)
        rows = self.filter_queryset(rows)
        page = self.paginate_queryset(rows)
        if page is None:
            shown = self.get_serializer(rows, many=True).data
            return Response(shown, headers={TOTAL: str(len(shown))})
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def create(self, request: Request) -> Response:
        return self.answer(self.perform_create(self.valid()), code=status.HTTP_201_CREATED)

    def update(self, request: Request) -> Response:
        return self.answer(self.perform_update(self.instance, self.valid(self.instance)))

    def destroy(self, request: Request) -> Response:
        shown = self.get_serializer(self.instance).data if self.answers_deleted else None
        self.perform_destroy(self.instance)
        if shown is None:
            return Response(status=status.HTTP_204_NO_CONTENT)
        return Response([shown] if self.action in self.answers_in_list else shown)

    # --- what an endpoint says of its own: a service each

    def perform_create(self, data: dict[str, Any]) -> Any:
        raise NotImplementedError(f"{type(self).__name__} does not say how it creates.")

    def perform_update(self, instance: Any, data: dict[str, Any]) -> Any:
        raise NotImplementedError(f"{type(self).__name__} does not say how it updates.")

    def perform_destroy(self, instance: Any) -> None:
        raise NotImplementedError(f"{type(self).__name__} does not say how it deletes.")
