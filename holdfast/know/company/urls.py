from django.urls import path

from holdfast.know.company import views

app_name = "company"
urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("settings/look-at/", views.look_at, name="look-at"),
]
