"""`/company`, `/user`, `/users` and `/application` (reference, Company to All Account Management)."""

from typing import Any, ClassVar, cast

from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import services
from accounts.api import described
from accounts.api.filters import ApplicationFilter, UserFilter
from accounts.api.serializers import (
    ApplicationChangeSerializer,
    ApplicationSerializer,
    ApplicationWriteSerializer,
    CompanySerializer,
    OwnUserSerializer,
    UserSerializer,
)
from accounts.models import Application, Company, User
from intellimeter.common.api.viewsets import ApiViewSet


class CompanyViewSet(ApiViewSet):
    """One's own company."""

    serializer_class = CompanySerializer
    described = described.COMPANY
    id_required: ClassVar[frozenset[str]] = frozenset()
    answers_nothing = frozenset({"update"})
    scopes: ClassVar[dict[str, str]] = {"retrieve": "company:info:read", "update": "company:info:update"}

    def resolve(self) -> None:
        self.instance = Company.objects.visible_to(self.request.user).first()
        if self.instance is None:
            raise NotFound("You belong to no company.")

    def retrieve(self, request: Request) -> Response:
        return self.answer(self.instance)

    def perform_update(self, instance: Company, data: dict[str, Any]) -> Company:
        return services.update_company(company=instance, **data)


class OwnUserViewSet(ApiViewSet):
    """Oneself."""

    serializer_class = OwnUserSerializer
    described = described.OWN_USER
    id_required: ClassVar[frozenset[str]] = frozenset()
    scopes: ClassVar[dict[str, str]] = {"retrieve": "uac:user:read", "update": "uac:user:update"}

    def resolve(self) -> None:
        self.instance = self.request.user

    def retrieve(self, request: Request) -> Response:
        return self.answer(self.instance)

    def perform_update(self, instance: User, data: dict[str, Any]) -> User:
        return services.update_user(user=instance, **data)


class UserViewSet(ApiViewSet):
    """The people of the company, for its admins."""

    queryset = User.objects.select_related("company")
    serializer_class = UserSerializer
    filterset_class = UserFilter
    described = described.USERS
    id_parameter = "user"
    answers_deleted = True
    scopes: ClassVar[dict[str, str]] = {
        "list": "uac:users:read",
        "create": "uac:users:create",
        "update": "uac:users:update",
        "destroy": "uac:users:delete",
    }

    @property
    def asker(self) -> User:
        """Whom the token acts for."""
        return cast("User", self.request.user)

    def perform_create(self, data: dict[str, Any]) -> User:
        if self.asker.company is None:
            raise NotFound("You belong to no company.")
        return services.create_user(company=self.asker.company, **data)

    def perform_update(self, instance: User, data: dict[str, Any]) -> User:
        return services.update_user(user=instance, by=self.asker, **data)

    def perform_destroy(self, instance: User) -> None:
        services.delete_user(user=instance, by=self.asker)


class ApplicationViewSet(ApiViewSet):
    """One's own programs. A secret is told once, when it is made."""

    queryset = Application.objects.select_related("user")
    filterset_class = ApplicationFilter
    described = described.APPLICATION
    scopes: ClassVar[dict[str, str]] = {
        "list": "auth:app:read",
        "create": "auth:app:create",
        "update": "auth:app:update",
        "destroy": "auth:app:delete",
    }
    serializers: ClassVar[dict[str, Any]] = {
        "create": ApplicationWriteSerializer,
        "update": ApplicationChangeSerializer,
    }

    def get_serializer_class(self) -> Any:
        return self.serializers.get(self.action, ApplicationSerializer)

    def create(self, request: Request) -> Response:
        application, secret = services.create_application(user=cast("User", request.user), **self.valid())
        return self._answer(application, secret, code=status.HTTP_201_CREATED)

    def update(self, request: Request) -> Response:
        application, secret = services.update_application(application=self.instance, **self.valid(self.instance))
        return self._answer(application, secret)

    def perform_destroy(self, instance: Application) -> None:
        services.delete_application(application=instance)

    def _answer(self, application: Application, secret: str | None, *, code: int = status.HTTP_200_OK) -> Response:
        answer = self.answer(application, code=code)
        if secret is not None:
            answer.data = {"client_secret": secret, **answer.data}
        return answer
