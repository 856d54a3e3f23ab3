"""The private feed of briefings: RSS 2.0 as podcast apps read it. Nothing of what is told stands in it."""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from agent.briefing.recording import title
from agent.services import Services
from integrations.secret import derived, signing_secret
from integrations.store.briefings import Briefing
from voice.security.doors import Place

PRIVATE = {"Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex, nofollow"}


def base(services: Services, place: Place) -> str:
    """Where feeds lie, as seen from outside where that was told."""
    public = services.settings.public_url
    here = str(public).rstrip("/") if public else place.origin
    return f"{here}/v1/briefing/feeds"


def secret(services: Services, feed_id: str) -> str:
    """The secret of a feed: reckoned anew each time, so that it is kept nowhere."""
    key = derived(signing_secret(services.settings), b"briefing feeds")
    made = hmac.digest(key, feed_id.encode(), "sha256")
    return urlsafe_b64encode(made).decode().rstrip("=")


def rss(base: str, briefings: Iterable[tuple[Briefing, Path]]) -> str:
    """The feed whose address is `base`.xml."""
    items = "".join(_item(base, briefing, file) for briefing, file in briefings)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
        ' xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f"<title>Chronus briefing</title><link>{escape(base)}.xml</link>"
        f'<atom:link href={quoteattr(base + ".xml")} rel="self" type="application/rss+xml"/>'
        "<description>Your day, every morning.</description><language>en</language>"
        "<itunes:block>Yes</itunes:block><itunes:explicit>false</itunes:explicit>"
        f"{items}</channel></rss>\n"
    )


def _item(base: str, briefing: Briefing, file: Path) -> str:
    written = f"<pubDate>{format_datetime(briefing.written_at)}</pubDate>" if briefing.written_at else ""
    return (
        f"<item><title>{title(briefing)}</title>"
        f'<guid isPermaLink="false">{briefing.id}</guid>{written}'
        f'<enclosure url={quoteattr(f"{base}/{briefing.day}.mp3")} length="{file.stat().st_size}" type="audio/mpeg"/>'
        "</item>"
    )
