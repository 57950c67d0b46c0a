"""rss2email, delivering into a maildir."""

from __future__ import annotations

import mailbox
from dataclasses import replace
from datetime import UTC
from email.header import decode_header, make_header
from email.utils import parsedate_to_datetime

from tests.readers.subscriber import Subscriber
from tests.readers.wire import Read

CONFIG = """[DEFAULT]
to = reader@example.org
from = feeds@example.org
email-protocol = maildir
maildir-path = {home}/mail
maildir-mailbox = wire
date-header = True
html-mail = False
[feed.wire]
url = {url}
"""


class Rss2email(Subscriber):
    """Mails every entry once."""

    program = "r2e"
    shows_revisions = False

    def subscribe(self) -> None:
        (self.home / "mail").mkdir()
        (self.home / "r2e.cfg").write_text(CONFIG.format(home=self.home, url=self.url))

    def poll(self) -> None:
        self.call("r2e", "-c", "r2e.cfg", "-d", "r2e.json", "run")

    def shows(self, entry: Read) -> Read:
        """Return what it makes of a title: in RSS it reads HTML, and writes Markdown."""
        if not self.url.endswith(".rss"):
            return entry
        return replace(entry, title=entry.title.replace("<b>", "**").replace("</b>:", "** :"))

    def entries(self) -> list[Read]:
        mails = mailbox.Maildir(self.home / "mail" / "wire")
        return [
            Read(
                id=str(mail["X-RSS-ID"]),
                title=str(make_header(decode_header(mail["Subject"]))),
                link=str(mail["X-RSS-URL"]),
                # It writes -0000, which means UTC without a known time zone (RFC 5322 §3.3).
                published=parsedate_to_datetime(mail["Date"]).replace(tzinfo=UTC),
            )
            for mail in mails
        ]
