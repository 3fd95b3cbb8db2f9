"""Where the servers of the tests keep their files."""

from pathlib import Path

from local import pytest_plugin


def test_files_go_to_memory_only_where_it_has_room(tmp_path, monkeypatch):
    monkeypatch.setattr(pytest_plugin, "ROOM", 1)
    assert pytest_plugin.roomy(tmp_path) == tmp_path
    assert pytest_plugin.roomy(Path("/nie/ma")) is None
    monkeypatch.setattr(pytest_plugin, "ROOM", 2**62)
    assert pytest_plugin.roomy(tmp_path) is None
