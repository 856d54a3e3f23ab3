"""What we ask Google for, feature by feature, and what a grant amounts to."""

from collections.abc import Iterable, Mapping
from typing import get_args

from integrations.google import Feature

FEATURES: tuple[Feature, ...] = get_args(Feature)
SIGN_IN = ("openid", "email", "profile")
"""Who somebody is: enough to sign in with."""

_AUTH = "https://www.googleapis.com/auth/"
CALENDAR_EVENTS = _AUTH + "calendar.events"
CALENDAR_LIST = _AUTH + "calendar.calendarlist.readonly"
CALENDAR_FREE = _AUTH + "calendar.freebusy"
TASKS = _AUTH + "tasks"
MAIL_READ = _AUTH + "gmail.readonly"
MAIL_SEND = _AUTH + "gmail.send"
MAIL_COMPOSE = _AUTH + "gmail.compose"

ASKED: Mapping[Feature, tuple[str, ...]] = {
    # events on every calendar the person shows, which ones these are, and when guests are free
    "calendar": (CALENDAR_EVENTS, CALENDAR_LIST, CALENDAR_FREE),
    "tasks": (TASKS,),
    # not gmail.modify, which marks mail as read but also sends it: reading and sending are granted apart
    "mail_read": (MAIL_READ,),
    # drafts and sending them; with `gmail.send` alone mail is sent without a draft at Google
    "mail_send": (MAIL_COMPOSE, MAIL_SEND),
}

_ENOUGH: Mapping[Feature, frozenset[str]] = {
    "calendar": frozenset({CALENDAR_EVENTS, _AUTH + "calendar"}),
    "tasks": frozenset({TASKS}),
    "mail_read": frozenset({MAIL_READ, _AUTH + "gmail.modify", "https://mail.google.com/"}),
    "mail_send": frozenset({MAIL_SEND, MAIL_COMPOSE, _AUTH + "gmail.modify", "https://mail.google.com/"}),
}


def asked_for(features: Iterable[Feature]) -> tuple[str, ...]:
    """The scopes to ask for, those of signing in first."""
    wanted = set(features)
    return SIGN_IN + tuple(scope for feature in FEATURES if feature in wanted for scope in ASKED[feature])


def features_of(scopes: Iterable[str]) -> tuple[Feature, ...]:
    """What can be done with a grant: with part of it the rest still works."""
    granted = frozenset(scopes)
    return tuple(feature for feature in FEATURES if granted & _ENOUGH[feature])
