"""Says which files are not read, judging by their names, and why."""

from __future__ import annotations

import re

from feedsvc.domain.reading.suffixes import SUFFIXES

README = "readme"
# Temporary files of emacs, office programs and vim.
TEMPORARY_STARTS = ("#", "~$", "~lock", ".~lock")
TEMPORARY_END = "~"

_CONFLICT = re.compile(
    r"\.sync-conflict-\d{8}"  # Syncthing
    r"|_conflict-\d{8}"  # ownCloud
    r"|\([^()]*\b(?:conflict(?:ed)?|case conflict|conflit|konflikt\w*|conflicto|conflitto|conflito"
    r"|copie en conflit|in konflikt stehende kopie|copia en conflicto|copia in conflitto)\b[^()]*\)"
    r"|\[conflict(?:ed)?[^\]]*\]",
    re.IGNORECASE,
)
_COPY = re.compile(
    r"^(?:copy(?: \(\d+\))? of|kopie von|copie de|copia (?:de|di)|cópia de|kopi av|kopi af"
    r"|kopia av|kopie van|копия) "
    r"| - (?:copy|kopie|copie|copia|cópia|kopi|kopia|копия)(?: ?\(\d+\))?(?=\.[^.]+$)"
    r"|\((?:another )?(?:copy|kopie|copie|copia|cópia|kopi|kopia|копия)(?: \d+)?\)(?=\.[^.]+$)",
    re.IGNORECASE,
)
_BACKUP = re.compile(
    r"\.(?:bak|backup|orig|old|save|tmp|temp|swp|rej|part|partial)(?:\.[^.]+)?$",
    re.IGNORECASE,
)


def why_skipped(name: str) -> str:
    """Why a file is not read, judging by its name; empty if it is read."""
    return _why_ignored(name) or _why_reported(name)


def why_reported(name: str) -> str:
    """Why a file is not read, if an editor should know; empty if it is read or nobody expects it.

    Hidden and temporary files come and go by themselves, and a README is a note by intention.
    """
    return "" if _why_ignored(name) else _why_reported(name)


def _why_ignored(name: str) -> str:
    lower = name.lower()
    if lower.startswith("."):
        return "hidden file: rename it so that it does not start with a dot"
    if lower.startswith(TEMPORARY_STARTS) or lower.endswith(TEMPORARY_END):
        return "looks like an editor's temporary file"
    if lower.endswith(SUFFIXES) and lower.startswith(README):
        return "README files are never published: rename it to publish it"
    return ""


def _why_reported(name: str) -> str:
    if _CONFLICT.search(name):
        return (
            "looks like a conflict copy of a sync program: move what you need into the original, "
            "then delete it"
        )
    if _COPY.search(name):
        return "looks like a copy of another file: rename it to publish it"
    if _BACKUP.search(name):
        return "looks like a backup or an unfinished file: rename it to publish it"
    if not name.lower().endswith(SUFFIXES):
        return f"files of this type are not read; those that are: {', '.join(SUFFIXES)}"
    return ""
