"""Places, where they stand, and what is done there."""

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField


class Department(models.Model):
    code = models.CharField(primary_key=True, max_length=3)


class Commune(models.Model):
    code = models.CharField(primary_key=True, max_length=5)
    name = models.CharField(max_length=80)
    department = models.ForeignKey(Department, models.PROTECT)


class Family(models.Model):
    code = models.CharField(primary_key=True, max_length=20)


class Tag(models.Model):
    """A service, a price or a way to come: one word that lists filter by."""

    class Kind(models.TextChoices):
        SERVICE = "service", "Service"
        PRICE = "prix", "Prix"
        ACCESS = "accueil", "Accueil"

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="tag_once")]


class Place(models.Model):
    slug = models.SlugField(max_length=140, unique=True)
    name = models.CharField(max_length=120)
    summary = models.TextField()
    family = models.ForeignKey(Family, models.PROTECT)
    address = models.CharField(max_length=200)
    postal_code = models.CharField(max_length=5)
    commune = models.ForeignKey(Commune, models.PROTECT)
    point = models.PointField()
    phone = models.CharField(max_length=20)
    email = models.EmailField()
    website = models.URLField()
    hours = models.CharField(max_length=200)
    is_itinerant = models.BooleanField()
    updated_on = models.DateField()
    tags = models.ManyToManyField(Tag, related_name="places")
    words = SearchVectorField(null=True)

    class Meta:
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["name", "id"], name="place_order"), GinIndex(fields=["words"], name="place_words")]

    def get_absolute_url(self):
        return f"/lieux/{self.slug}"
