"""Lists, sheets, the API and the points of a map."""

from django.contrib.gis.db.models.functions import GeometryDistance
from django.contrib.gis.geos import Polygon
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.core.paginator import Paginator
from django.db.models import Count, F, FloatField, Func, Q
from django.http import HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, render

from directory.models import Place, Tag

PAGE = 50


def chosen(parameters):
    """The places that the parameters of an address ask for."""
    places = Place.objects.all()
    for name, field in (("famille", "family"), ("departement", "commune__department"), ("commune", "commune"),
                        ("itinerant", "is_itinerant")):
        if values := parameters.getlist(name):
            places = places.filter(**{field + "__in": values})
    for kind in Tag.Kind.values:
        if values := parameters.getlist(kind):
            places = places.filter(pk__in=Tag.places.through.objects.filter(tag__kind=kind, tag__name__in=values).values("place"))
    if text := parameters.get("q"):
        query = SearchQuery(text, config="french_plain")
        places = places.filter(words=query).order_by(SearchRank("words", query).desc(), "name", "pk")
    return places


def counts(rows, field):
    """How many of the rows have each value of a field, the most frequent first."""
    return rows.order_by().values_list(field).annotate(count=Count("pk")).order_by("-count")


def facets(places):
    """What the places may be narrowed by, with how many each choice leaves."""
    links = Place.tags.through.objects.all()
    if places.query.where:
        links = links.filter(place__in=places.order_by().values("pk"))
    tags = Tag.objects.in_bulk()
    uses = [(tags[tag], count) for tag, count in counts(links, "tag")]
    return [
        ("Famille", "famille", counts(places, "family")),
        ("Département", "departement", counts(places, "commune__department")),
        ("Fixe ou itinérant", "itinerant", counts(places, "is_itinerant")),
        *((kind.label, kind.value, [(tag.name, count) for tag, count in uses if tag.kind == kind]) for kind in Tag.Kind),
    ]


def places(request):
    found = chosen(request.GET)
    rows = found.select_related("commune").only("slug", "name", "summary", "family_id", "postal_code", "commune__name")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "directory/list.html", {"page": page, "facets": facets(found), "text": request.GET.get("q", "")})


def sheet(request, slug):
    place = get_object_or_404(Place.objects.select_related("commune").prefetch_related("tags").defer("words"), slug=slug)
    distance = GeometryDistance("point", place.point)
    near = Place.objects.exclude(pk=place.pk).select_related("commune").only("slug", "name", "commune__name").order_by(distance)[:5]
    tags = place.tags.all()
    groups = [(kind.label, [tag.name for tag in tags if tag.kind == kind]) for kind in Tag.Kind]
    return render(request, "directory/sheet.html", {"place": place, "groups": groups, "near": near})


def whole(place):
    """A place as the API tells it."""
    tags = place.tags.all()
    return {
        "id": place.pk, "slug": place.slug, "url": place.get_absolute_url(), "name": place.name, "summary": place.summary,
        "family": place.family_id, "address": place.address, "postal_code": place.postal_code,
        "commune": {"code": place.commune_id, "name": place.commune.name},
        "latitude": place.point.y, "longitude": place.point.x, "phone": place.phone, "email": place.email,
        "website": place.website, "opening_hours": place.hours, "is_itinerant": place.is_itinerant, "updated_on": place.updated_on,
        **{kind.value: [tag.name for tag in tags if tag.kind == kind] for kind in Tag.Kind},
    }


def api(request):
    """Fifty whole places after those of the cursor, « name, identifier », with how many there are in all."""
    found = chosen(request.GET).order_by("name", "pk")
    total = found.count()
    if cursor := request.GET.get("cursor"):
        identifier, _, name = cursor.partition(" ")
        if not identifier.isdecimal():
            return HttpResponseBadRequest()
        found = found.filter(Q(name__gt=name) | Q(name=name, pk__gt=int(identifier)))
    rows = list(found.select_related("commune").prefetch_related("tags").defer("words")[:PAGE])
    following = f"{rows[-1].pk} {rows[-1].name}" if len(rows) == PAGE else None
    return JsonResponse({"items": [whole(place) for place in rows], "total": total, "next_cursor": following})


def points(request):
    """The places within west, south, east, north, as GeoJSON: enough for a map to draw them and to link to their sheets."""
    try:
        west, south, east, north = (float(value) for value in request.GET.get("bbox", "").split(","))
    except ValueError:
        return HttpResponseBadRequest()
    box = Polygon.from_bbox((west, south, east, north))
    box.srid = 4326
    found = Place.objects.filter(point__bboverlaps=box).order_by().values_list(
        "slug", "name", Func(F("point"), function="ST_X", output_field=FloatField()),
        Func(F("point"), function="ST_Y", output_field=FloatField()))
    return JsonResponse({"type": "FeatureCollection", "features": [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [x, y]}, "properties": {"slug": slug, "name": name}}
        for slug, name, x, y in found]})
