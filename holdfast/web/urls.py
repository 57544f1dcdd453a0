from django.urls import path

from holdfast.web import gallery, views

app_name = "web"
urlpatterns = [
    path("", views.today, name="today"),
    path("accounts/<int:account_id>/", views.account, name="account"),
    path("find/", views.find, name="find"),
    path("ui/", gallery.show, name="gallery"),
]
