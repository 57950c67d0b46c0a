"""Settings: the model, its sources, and how settings and errors are described to people.

Flags take precedence over the environment, then the file, then defaults.
"""

from feedsvc.settings.describe import SettingRow, describe_settings
from feedsvc.settings.model import LogFormat, LogLevel, Settings
from feedsvc.settings.read import Loaded, SettingsError, Source, read_settings
from feedsvc.settings.suspicious import compare_namespace, find_suspicious

__all__ = [
    "Loaded",
    "LogFormat",
    "LogLevel",
    "SettingRow",
    "Settings",
    "SettingsError",
    "Source",
    "compare_namespace",
    "describe_settings",
    "find_suspicious",
    "read_settings",
]
