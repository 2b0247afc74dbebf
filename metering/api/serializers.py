"""How meters and properties look from outside (reference, Meter and Property)."""

from rest_framework import serializers

from intellimeter.common.api.fields import LocalDateTimeField, PublicIdRelatedField
from intellimeter.common.api.serializers import StrictModelSerializer, StrictSerializer
from metering.models import Meter, Property, Suite


class MeterSerializer(StrictModelSerializer):
    """A meter with the suite it serves now, which the queryset annotates."""

    property = serializers.CharField(source="property.public_id", read_only=True)
    suite = serializers.CharField(source="suite_public_id", read_only=True, allow_null=True)
    suite_name = serializers.CharField(read_only=True, allow_null=True)
    units = serializers.CharField(read_only=True)

    class Meta:
        model = Meter
        fields = (
            "floor",
            "id",
            "name",
            "panel",
            "property",
            "serial_number",
            "suite",
            "suite_name",
            "units",
            "utility",
        )
        read_only_fields = ("name", "serial_number", "utility")


class MeterUpdateSerializer(MeterSerializer):
    """What may be changed of a meter: where it is, and the suite it serves from now on."""

    suite = PublicIdRelatedField(queryset=Suite.objects.all(), allow_null=True)  # type: ignore[assignment] # read as text


class PropertySerializer(StrictModelSerializer):
    """A property, its instants in its own zone."""

    company = serializers.CharField(source="company.public_id", read_only=True)
    created = LocalDateTimeField(zone="timezone", read_only=True)
    updated = LocalDateTimeField(zone="timezone", read_only=True)

    class Meta:
        model = Property
        fields = ("address", "company", "created", "display_name", "id", "job_name", "job_number", "updated")
        read_only_fields = ("job_number",)


class NoteOnRowSerializer(StrictSerializer):
    """One sentence on one row of a batch."""

    row = serializers.IntegerField(help_text="Which row of what was sent, from 1 on.")
    serial_number = serializers.CharField(help_text="The serial number that the row has.")
    message = serializers.CharField(help_text="What is wrong with it.")


class IngestResultSerializer(StrictSerializer):
    """What became of a batch of reads."""

    accepted = serializers.IntegerField(help_text="How many reads said something new, and are stored.")
    duplicates = serializers.IntegerField(help_text="How many were stored before, just so.")
    conflicts = serializers.IntegerField(help_text="How many give a stored metering point another value, which stays.")
    rejected = NoteOnRowSerializer(many=True, help_text="The rows that are not stored, and why.")
