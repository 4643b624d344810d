"""What is served about the people who work here."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import include, path

from huiying.staff.views import absence, log, people, places, profile, roles, sign_in

urlpatterns = [
    path("first/", sign_in.first_help, name="first_help"),
    path("first/<slug:key>/", sign_in.first_start, name="first_start"),
    path("accounts/login/", sign_in.sign_in, name="account_login"),
    path("accounts/welcome/<slug:key>/<slug:token>/", sign_in.welcome, name="welcome"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    path("accounts/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("accounts/password/change/", account.password_change, name="account_change_password"),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
    path("shift/", profile.shift, name="shift"),
    path("language/", profile.language, name="set_language"),
    path("settings/profile/", profile.profile, name="profile"),
    path("settings/tokens/", profile.tokens, name="tokens"),
    path("settings/tokens/<int:pk>/revocation/", profile.token_revocation, name="token_revocation"),
    path("settings/absences/", absence.absences, name="absences"),
    path("settings/absences/<int:pk>/removal/", absence.absence_removal, name="absence_removal"),
    path("settings/people/", people.people_list, name="settings_people"),
    path("settings/people/new/", people.new_person, name="settings_person_new"),
    path("settings/people/<int:pk>/", people.person, name="settings_person"),
    path("settings/people/<int:pk>/access/", people.access, name="settings_person_access"),
    path("settings/people/<int:pk>/deactivation/", people.deactivation, name="settings_person_deactivation"),
    path("settings/people/<int:pk>/reactivation/", people.reactivation, name="settings_person_reactivation"),
    path("settings/departments/", places.departments, name="settings_departments"),
    path("settings/departments/new/", places.new_department, name="settings_department_new"),
    path("settings/departments/<int:pk>/", places.department, name="settings_department"),
    path("settings/teams/new/", places.new_team, name="settings_team_new"),
    path("settings/teams/<int:pk>/", places.team, name="settings_team"),
    path("settings/roles/", roles.role_list, name="settings_roles"),
    path("settings/roles/new/", roles.new_role, name="settings_role_new"),
    path("settings/roles/<int:pk>/", roles.role, name="settings_role"),
    path("settings/roles/<int:pk>/removal/", roles.removal, name="settings_role_removal"),
    path("settings/log/", log.log_page, name="settings_log"),
    path("settings/log/file/", log.log_export, name="settings_log_file"),
]
