"""Fills the directory from a file in the national schema: python -m directory.load FILE. The tables are there already."""

import csv
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")
django.setup()

from django.contrib.gis.geos import Point
from django.db import connection, transaction
from django.utils.text import slugify

from directory.models import Commune, Department, Family, Place, Tag

#: French words without their accents, as people type them; a place is found by its name, its commune and its summary.
SEARCH = """
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE TEXT SEARCH CONFIGURATION french_plain (COPY = french);
ALTER TEXT SEARCH CONFIGURATION french_plain ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem;
"""
WORDS = """
UPDATE directory_place SET words = setweight(to_tsvector('french_plain', directory_place.name), 'A')
  || setweight(to_tsvector('french_plain', directory_commune.name), 'B') || setweight(to_tsvector('french_plain', summary), 'C')
FROM directory_commune WHERE directory_commune.code = commune_id
"""
TAGS = {"services": Tag.Kind.SERVICE, "frais_a_charge": Tag.Kind.PRICE, "modalites_acces": Tag.Kind.ACCESS}


@transaction.atomic
def load(rows):
    Department.objects.bulk_create({row["code_insee"][:2]: Department(row["code_insee"][:2]) for row in rows}.values())
    Commune.objects.bulk_create(
        {row["code_insee"]: Commune(row["code_insee"], row["commune"], row["code_insee"][:2]) for row in rows}.values())
    Family.objects.bulk_create({row["typologie"]: Family(row["typologie"]) for row in rows}.values())
    tags = {}
    for row in rows:
        for column, kind in TAGS.items():
            for name in row[column].split("|"):
                tags[kind, name] = Tag(kind=kind, name=name)
    Tag.objects.bulk_create(tags.values())
    places = Place.objects.bulk_create([Place(
        slug=f"{slugify(row['nom'])}-{number}", name=row["nom"], summary=row["presentation_resume"], family_id=row["typologie"],
        address=row["adresse"], postal_code=row["code_postal"], commune_id=row["code_insee"],
        point=Point(float(row["longitude"]), float(row["latitude"]), srid=4326), phone=row["telephone"], email=row["courriels"],
        website=row["site_web"], hours=row["horaires"], is_itinerant=row["itinerance"] == "Itinérant", updated_on=row["date_maj"],
    ) for number, row in enumerate(rows)])
    links = Place.tags.through
    links.objects.bulk_create([
        links(place=place, tag=tags[kind, name])
        for place, row in zip(places, rows) for column, kind in TAGS.items() for name in row[column].split("|")])


def main(path):
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    load(rows)
    with connection.cursor() as cursor:
        cursor.execute(SEARCH)
        cursor.execute(WORDS)
        cursor.execute("VACUUM (ANALYZE, FULL)")
        cursor.execute("CHECKPOINT")


if __name__ == "__main__":
    main(sys.argv[1])
