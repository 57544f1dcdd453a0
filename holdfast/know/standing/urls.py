"""Addresses of the list of accounts."""

from django.urls import path

from holdfast.know.standing import views

app_name = "standing"
urlpatterns = [
    path("accounts/", views.board, name="board"),
    path("accounts/export.csv", views.export, name="export"),
]
