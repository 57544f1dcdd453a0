"""Addresses of the segments, who moved between them, and the cards that make them."""

from django.urls import path

from holdfast.assess.scorecards import views

app_name = "scorecards"
urlpatterns = [
    path("segments/", views.segments, name="segments"),
    path("segments/moved/", views.moved, name="moved"),
    path("cards/<str:kind>/<int:number>/", views.card, name="card"),
]
