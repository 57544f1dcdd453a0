from django.urls import path

from holdfast.ui import views

app_name = "ui"
urlpatterns = [path("ui/theme/", views.choose_theme, name="theme")]
