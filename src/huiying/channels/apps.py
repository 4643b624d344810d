from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "huiying.channels"
    label = "huiying_channels"
