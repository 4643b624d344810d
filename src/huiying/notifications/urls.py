"""Addresses of notices."""

from __future__ import annotations

from django.urls import path

from huiying.notifications.views import dispatch, habits, notice, robot, sms

urlpatterns = [
    path("notices/", notice.notice_list, name="notices"),
    path("notices/bell/", notice.bell, name="bell"),
    path("notices/reading/", notice.reading, name="notices_reading"),
    path("notices/<int:key>/", notice.notice, name="notice"),
    path("notices/<int:key>/acknowledgement/", notice.acknowledgement, name="notice_acknowledgement"),
    path("settings/notices/", habits.own_habits, name="notice_habits"),
    path("settings/notices/own/removal/", habits.own_defaults, name="notice_habits_removal"),
    path("settings/notices/defaults/", habits.role_list, name="notice_defaults"),
    path("settings/notices/defaults/<int:pk>/", habits.role_defaults, name="notice_role"),
    path("settings/notices/own/", robot.own_robots, name="notice_own_robots"),
    path("settings/notices/own/new/", robot.new_own_robot, name="notice_own_robot_new"),
    path("settings/notices/robots/", robot.robots, name="notice_robots"),
    path("settings/notices/robots/new/", robot.new_robot, name="notice_robot_new"),
    path("settings/notices/robots/<int:pk>/", robot.robot, name="notice_robot"),
    path("settings/notices/robots/<int:pk>/test/", robot.trial, name="notice_robot_trial"),
    path("settings/notices/robots/<int:pk>/removal/", robot.removal, name="notice_robot_removal"),
    path("settings/notices/sms/", sms.gateway, name="notice_sms"),
    path("settings/notices/sms/test/", sms.trial, name="notice_sms_trial"),
    path("settings/notices/log/", dispatch.dispatch_list, name="notice_dispatches"),
    path("settings/notices/log/<int:pk>/try/", dispatch.another_try, name="notice_another_try"),
]
