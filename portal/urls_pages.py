"""Addresses of pages that look across rooms."""

urlpatterns: list = []
