"""City units, districts and spheres for tests."""

import factory

from core.city.models import District, OrganizationalUnit, TaskSphere


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OrganizationalUnit

    name = factory.Sequence(lambda n: f"Wydział Próbny {n}")


class DistrictFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = District
        django_get_or_create = ["number"]

    number = factory.Sequence(lambda n: n % 18 + 1)
    name = factory.LazyAttribute(lambda d: f"Dzielnica próbna {d.number}")
    full_name = factory.LazyAttribute(lambda d: f"Dzielnica {d.number}")


class SphereFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TaskSphere

    statutory_no = factory.Sequence(lambda n: f"9{n}")
    code = factory.Sequence(lambda n: f"sphere_{n}")
    label = factory.Sequence(lambda n: f"Sfera próbna {n}")
