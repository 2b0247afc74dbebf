"""Properties, suites and meters for tests."""

import factory
from factory.django import DjangoModelFactory

from metering.enums import Utility
from metering.models import LatestRead, Meter, MeterSuite, Property, Suite
from tests.factories.accounts import CompanyFactory


class PropertyFactory(DjangoModelFactory):
    class Meta:
        model = Property

    company = factory.SubFactory(CompanyFactory)
    job_number = factory.Sequence(lambda n: f"20-350-{n:04}")
    job_name = factory.Sequence(lambda n: f"Job {n}")
    display_name = factory.Sequence(lambda n: f"Property {n}")
    address = "123 Main St."
    timezone = "America/Toronto"


class SuiteFactory(DjangoModelFactory):
    class Meta:
        model = Suite

    property = factory.SubFactory(PropertyFactory)
    name = factory.Sequence(lambda n: f"Suite {n:04}")


class MeterFactory(DjangoModelFactory):
    """A meter with its latest read's row. `suite=` assigns it from the beginning, in that suite's property."""

    class Meta:
        model = Meter
        skip_postgeneration_save = True

    property = factory.SubFactory(PropertyFactory)
    serial_number = factory.Sequence(lambda n: f"20-350-Meter-{n:04}")
    name = factory.Sequence(lambda n: f"Meter {n:04}")
    utility = Utility.ELECTRICITY

    @classmethod
    def _generate(cls, strategy, params):
        if params.get("suite") is not None:
            params = {**params, "property": params["suite"].property}
        return super()._generate(strategy, params)

    @classmethod
    def _create(cls, model_class, *args, suite=None, **kwargs):
        meter = super()._create(model_class, *args, **kwargs)
        LatestRead.objects.create(meter=meter)
        if suite is not None:
            MeterSuite.objects.create(meter=meter, suite=suite)
        return meter
