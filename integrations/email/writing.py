"""Putting a mail into the form it travels in."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

POLICY = SMTP.clone(
    max_line_length=998
)  # shorter lines make Python encode long ids in References, which breaks threads
ANCESTORS = 20


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """A mail to be written; addresses and subject have been checked."""

    message_id: str
    from_name: str
    from_address: str
    to: Sequence[str]
    cc: Sequence[str]
    subject: str
    body: str
    answers: str = ""
    """Message-ID of the mail that this one answers."""
    references: Sequence[str] = ()
    """Message-IDs of those before it."""

    def packed(self) -> bytes:
        """As RFC 5322 has it."""
        mail = EmailMessage(policy=POLICY)
        name = "".join(letter for letter in self.from_name if letter.isprintable())
        mail["From"] = Address(name, addr_spec=self.from_address)
        for header, receivers in (("To", self.to), ("Cc", self.cc)):
            if receivers:
                mail[header] = [Address(addr_spec=address) for address in receivers]
        mail["Subject"] = self.subject
        mail["Message-ID"] = self.message_id
        if self.answers:
            mail["In-Reply-To"] = self.answers
            mail["References"] = " ".join([*self.references, self.answers][-ANCESTORS:])
        mail.set_content(self.body)
        return mail.as_bytes()


def own_message_id(person: str, key: str, address: str) -> str:
    """The Message-ID of what is written under a key: always the same one, so that it can be looked for."""
    mark = hashlib.sha256(f"{person}\n{key}".encode()).hexdigest()[:40]
    return f"<{mark}.chronus@{address.rpartition('@')[2]}>"
