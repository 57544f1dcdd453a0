from django.urls import path

from holdfast.web import gallery

app_name = "web"
urlpatterns = [path("ui/", gallery.show, name="gallery")]
