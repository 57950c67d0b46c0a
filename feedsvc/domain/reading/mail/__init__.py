"""Mail: saved messages, mailboxes and digests become items; addresses are never published."""

from feedsvc.domain.reading.mail.read import is_mail, read_mail

__all__ = ["is_mail", "read_mail"]
