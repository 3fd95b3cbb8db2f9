"""As on the pages of the portal: »25 listopada 2026, godz. 10:00«."""

DATETIME_FORMAT = "j E Y, \\g\\o\\d\\z.\u00a0G:i"
TIME_FORMAT = "G:i"
