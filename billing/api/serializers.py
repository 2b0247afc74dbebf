"""The shapes of billing's objects, as the reference has them."""

from datetime import date, datetime
from typing import Any

from rest_framework import serializers

from billing.models import Constants, Fee, Invoice, Service, Tenant
from intellimeter.common.api.fields import LocalDateTimeField, MoneyField, PublicIdRelatedField, RateField
from intellimeter.common.api.schema.shapes import TEXT
from intellimeter.common.api.serializers import StrictModelSerializer, StrictSerializer
from metering.models import Suite


class ConstantsSerializer(StrictModelSerializer):
    id = None  # type: ignore[assignment] # constants are addressed by their property
    property: "serializers.SlugRelatedField[Any]" = serializers.SlugRelatedField(slug_field="public_id", read_only=True)
    price_per_electricity = RateField(required=False)
    price_per_gas = RateField(required=False)
    price_per_water = RateField(required=False)
    tax_rate = RateField(max_digits=7, decimal_places=4, max_value=100, required=False)
    updated = LocalDateTimeField(zone="property.timezone", read_only=True)

    class Meta:
        model = Constants
        fields = [
            "days_to_pay",
            "invoice_from",
            "price_per_electricity",
            "price_per_gas",
            "price_per_water",
            "property",
            "tax_rate",
            "updated",
        ]


class FeeSerializer(StrictModelSerializer):
    property: "serializers.SlugRelatedField[Any]" = serializers.SlugRelatedField(slug_field="public_id", read_only=True)
    value = MoneyField()

    class Meta:
        model = Fee
        fields = ["active", "id", "name", "property", "value"]


class InvoiceSerializer(StrictModelSerializer):
    property: "serializers.SlugRelatedField[Any]" = serializers.SlugRelatedField(slug_field="public_id", read_only=True)
    suite: "serializers.SlugRelatedField[Any]" = serializers.SlugRelatedField(slug_field="public_id", read_only=True)
    service = serializers.CharField(source="service_reference", read_only=True)
    created = LocalDateTimeField(zone="property.timezone", read_only=True)
    email_sent = LocalDateTimeField(zone="property.timezone", read_only=True, allow_null=True)
    paid = LocalDateTimeField(zone="property.timezone", read_only=True, allow_null=True)
    total = MoneyField(read_only=True, max_digits=14)

    class Meta:
        model = Invoice
        fields = [
            "created",
            "due",
            "email_sent",
            "filename",
            "id",
            "paid",
            "property",
            "service",
            "suite",
            "total",
        ]
        read_only_fields = fields


class MonthField(serializers.Field[date, str, str, Any]):
    """A calendar month, `YYYY-MM`; its first day inside."""

    shape = TEXT | {"pattern": r"^\d{4}-\d{2}$"}
    default_error_messages = {"invalid": "Must be a month such as 2021-03, from 1990 on."}

    def to_internal_value(self, data: Any) -> date:
        try:
            month = datetime.strptime(data, "%Y-%m").date()  # noqa: DTZ007 - a month has no zone
        except (TypeError, ValueError):
            self.fail("invalid")
        if month.year < 1990 or f"{month:%Y-%m}" != data:
            self.fail("invalid")
        return month

    def to_representation(self, value: date) -> str:
        return f"{value:%Y-%m}"


class GenerateSerializer(StrictSerializer):
    month = MonthField(help_text="The periods whose last day lies in it: with day 1 and 2021-03, March.")
    service = PublicIdRelatedField(queryset=Service.objects, required=False, allow_null=True)


class ServiceSerializer(StrictModelSerializer):
    property: "serializers.SlugRelatedField[Any]" = serializers.SlugRelatedField(slug_field="public_id", read_only=True)
    suite = PublicIdRelatedField(queryset=Suite.objects)

    class Meta:
        model = Service
        fields = ["active", "address", "day_of_month", "id", "invoice_type", "name", "property", "suite"]


class SuiteSerializer(StrictModelSerializer):
    property: "serializers.SlugRelatedField[Any]" = serializers.SlugRelatedField(slug_field="public_id", read_only=True)

    class Meta:
        model = Suite
        fields = ["id", "name", "property"]


class TenantSerializer(StrictModelSerializer):
    property: "serializers.SlugRelatedField[Any]" = serializers.SlugRelatedField(slug_field="public_id", read_only=True)

    class Meta:
        model = Tenant
        fields = ["address", "email", "first_name", "id", "last_name", "phone", "property"]


class TenantSuiteSerializer(StrictSerializer):
    tenant = PublicIdRelatedField(queryset=Tenant.objects)
    suite = PublicIdRelatedField(queryset=Suite.objects)
