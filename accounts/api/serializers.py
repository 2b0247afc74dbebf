"""How people, companies and programs look from outside (reference, Company, OAuth2.0 Application, Account Management)."""

from typing import Any

from rest_framework import serializers

from accounts.models import Application, Company, User
from intellimeter.common.api.fields import LocalDateTimeField
from intellimeter.common.api.serializers import StrictModelSerializer
from intellimeter.common.local_time import validate_timezone

MAX_PASSWORD = 200
MAX_REDIRECTS = 50


class CompanySerializer(StrictModelSerializer):
    created = LocalDateTimeField(zone="timezone", read_only=True)
    updated = LocalDateTimeField(zone="timezone", read_only=True)
    timezone = serializers.CharField(max_length=64, required=False, validators=[validate_timezone])

    class Meta:
        model = Company
        fields = ("created", "id", "name", "tax_number", "timezone", "updated")


class OwnUserSerializer(StrictModelSerializer):
    """Oneself: a name, an email and a password; rights are others' to give."""

    active = serializers.BooleanField(source="is_active", read_only=True)
    admin = serializers.BooleanField(source="is_admin", read_only=True)
    company: "serializers.SlugRelatedField[Any]" = serializers.SlugRelatedField(slug_field="public_id", read_only=True)
    password = serializers.CharField(max_length=MAX_PASSWORD, trim_whitespace=False, write_only=True, required=False)

    class Meta:
        model = User
        fields = (
            "active",
            "admin",
            "company",
            "created",
            "email",
            "first_name",
            "id",
            "last_name",
            "password",
            "updated",
        )


class UserSerializer(OwnUserSerializer):
    """A person of the company, as its admins manage them."""

    active = serializers.BooleanField(source="is_active", required=False)
    admin = serializers.BooleanField(source="is_admin", required=False)
    password = serializers.CharField(max_length=MAX_PASSWORD, trim_whitespace=False, write_only=True)


class RedirectUrisField(serializers.ListField):
    """Addresses as a list; the model keeps them in one text."""

    child = serializers.CharField()

    def to_representation(self, data: Any) -> list[str]:
        return str(data).split()


class ApplicationSerializer(StrictModelSerializer):
    """A program, as its owner's list shows it: what it may ask for is told where it is written alone."""

    user: "serializers.SlugRelatedField[Any]" = serializers.SlugRelatedField(slug_field="public_id", read_only=True)
    name = serializers.CharField(max_length=255)
    redirect_uris = RedirectUrisField(read_only=True, help_text="Where people may be sent back to.")

    class Meta:
        model = Application
        fields: tuple[str, ...] = ("client_id", "created", "id", "name", "redirect_uris", "updated", "user")
        read_only_fields = ("client_id", "created", "updated")


class ApplicationWriteSerializer(ApplicationSerializer):
    """What is said of a program: `scopes` in one text, with wildcards if need be."""

    scopes = serializers.CharField(help_text="Scopes separated by spaces; * stands for any one of the three parts.")
    redirect_uris = RedirectUrisField(required=False, max_length=MAX_REDIRECTS)

    class Meta(ApplicationSerializer.Meta):
        fields = (*ApplicationSerializer.Meta.fields[:5], "scopes", *ApplicationSerializer.Meta.fields[5:])


class ApplicationChangeSerializer(ApplicationWriteSerializer):
    """The same, and whether to make a new secret."""

    client_secret = serializers.BooleanField(
        source="new_secret", write_only=True, required=False, help_text="true: make a new secret; the old one is void."
    )

    class Meta(ApplicationWriteSerializer.Meta):
        fields = ("client_secret", *ApplicationWriteSerializer.Meta.fields)
