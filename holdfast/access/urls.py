"""The door. allauth's names stay global, for allauth looks them up; nobody can sign up."""

from allauth.account import views as allauth
from django.urls import include, path

from holdfast.access import views
from holdfast.access.guards import public, signed_in

door = [
    path("welcome/<str:token>/", views.welcome, name="welcome"),
    path("enter/<str:token>/", views.enter, name="enter"),
    path("language/", views.language, name="language"),
]

urlpatterns = [
    path("", include((door, "access"))),
    path(
        "sign-in/",
        public(allauth.LoginView.as_view(template_name="access/sign_in.html")),
        name="account_login",
    ),
    path(
        "sign-out/",
        signed_in(allauth.LogoutView.as_view(template_name="access/sign_out.html")),
        name="account_logout",
    ),
    path(
        "password/",
        signed_in(allauth.PasswordChangeView.as_view(template_name="access/password.html")),
        name="account_change_password",
    ),
    path(
        "password/set/",
        signed_in(allauth.PasswordSetView.as_view(template_name="access/password.html")),
        name="account_set_password",
    ),
]
