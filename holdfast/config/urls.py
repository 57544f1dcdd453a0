"""Every address, by area."""

from django.urls import include, path

urlpatterns = [
    path("", include("holdfast.access.urls")),
    path("", include("holdfast.ui.urls")),
    path("", include("holdfast.know.company.urls")),
    path("", include("holdfast.ingest.urls")),
    path("", include("holdfast.know.standing.urls")),
    path("", include("holdfast.prove.retention.urls")),
    path("", include("holdfast.assess.scorecards.urls")),
    path("", include("holdfast.web.urls")),
]
