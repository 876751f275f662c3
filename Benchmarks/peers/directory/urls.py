"""The paths of the directory."""

from django.urls import path

from directory import views

urlpatterns = [
    path("lieux", views.places),
    path("lieux/<slug:slug>", views.sheet),
    path("api/places", views.api),
    path("api/map", views.points),
]
