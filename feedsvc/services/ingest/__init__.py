"""Takes what stands in the folder into the store."""

from feedsvc.services.ingest.folder import Folder
from feedsvc.services.ingest.reading import Rules
from feedsvc.services.ingest.scan import Ingest

__all__ = ["Folder", "Ingest", "Rules"]
