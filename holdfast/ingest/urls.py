from django.urls import path

from holdfast.ingest import views

app_name = "ingest"
urlpatterns = [
    path("import/", views.board, name="board"),
    path("import/<int:import_id>/", views.show, name="show"),
    path("import/<int:import_id>/preview/", views.preview, name="preview"),
    path("import/<int:import_id>/start/", views.start, name="start"),
    path("import/<int:import_id>/progress/", views.progress, name="progress"),
    path("import/<int:import_id>/rejected/", views.rejected_rows, name="rejected"),
    path("import/<int:import_id>/remove/", views.remove, name="remove"),
]
