from django.apps import AppConfig
from django.urls import register_converter

from .converters import RowNumber


class CommonConfig(AppConfig):
    name = "core.common"
    label = "common"

    def ready(self):
        register_converter(RowNumber, "row")
