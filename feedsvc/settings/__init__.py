"""What can be set: the model, where its values come from, and how they are told to people.

A flag outranks the environment, the environment the configuration file, the file a default.
"""

from feedsvc.settings.describe import SettingRow, describe_settings
from feedsvc.settings.model import LogFormat, LogLevel, Settings
from feedsvc.settings.read import Loaded, SettingsError, Source, read_settings
from feedsvc.settings.warn import warn_of

__all__ = [
    "Loaded",
    "LogFormat",
    "LogLevel",
    "SettingRow",
    "Settings",
    "SettingsError",
    "Source",
    "describe_settings",
    "read_settings",
    "warn_of",
]
