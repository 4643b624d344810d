from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "huiying.portal"
