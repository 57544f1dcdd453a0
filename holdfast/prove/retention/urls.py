from django.urls import path

from holdfast.prove.retention import views

app_name = "retention"
urlpatterns = [
    path("retention/", views.board, name="board"),
    path("retention/customers/", views.customers, name="customers"),
]
