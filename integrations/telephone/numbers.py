"""Telephone numbers as everybody writes them, as they are kept (E.164), and which of them we never ring."""

import re

from integrations.errors import Invalid

_PUNCTUATION = re.compile(r"[\s().\-/]+")
_WHOLE = re.compile(r"\+[1-9][0-9]{6,14}")
_SHORTEST = 8
"""Digits of a number that somebody can be rung at; shorter ones are services and emergencies."""
_NEVER = re.compile(
    r"""\+(
    1(900|976|\d{3}976|\d11|\d{3}[2-9]11\d{0,4}$)     # North America: premium, and the N11 services
    |44(9|70|871|872|873|118)                          # United Kingdom: premium, personal numbers, directories
    |49(900|190|137|138|118|180)|43(9|82|118)          # Germany, Austria
    |41(90|18)|33(89|81|82|3[0-9]{3}$|118)             # Switzerland, France
    |39(89|4[0-9]{2,4}$|12|19)|34(80[367]|90[57]|118)  # Italy, Spain
    |31(90|18)|32(90|70)|351(60|76|118)                # Netherlands, Belgium, Portugal
    |353(15|118)|61(19|13)|64(900)                     # Ireland, Australia, New Zealand
    |45(90)|46(9(00|39|44)|118)|47(82)|358(600|700|71) # Denmark, Sweden, Norway, Finland
    |48(70)|420(90)|36(90)|7(80[39])|81(990)|91(9009)  # Poland, Czechia, Hungary, Russia, Japan, India
    |979|878|87[0-9]|88[1238]                          # international premium, personal, ships, satellites, networks
    )""",
    re.VERBOSE,
)
_EMERGENCY = re.compile(r"\+\d{1,3}?(112|911|999|110|000)$")


def plain_number(written: str) -> str:
    """+1 (555) 123-4567 as +15551234567. Raises `Invalid` for one without its country."""
    number = _PUNCTUATION.sub("", written)
    if not _WHOLE.fullmatch(number):
        raise Invalid("I need the whole number with its country, such as +1 555 123 4567.")
    return number


def check_ringable(number: str) -> None:
    """Raises `Invalid` for a number that costs whoever rings it, or that nobody owns: premium, satellite, short, emergency.

    Providers refuse most of them, too; this keeps us from asking.
    """
    if len(number) - 1 < _SHORTEST or _NEVER.match(number) or _EMERGENCY.match(number):
        raise Invalid("I don't ring numbers like that one: it isn't a person's own telephone.")


def masked(number: str) -> str:
    """Enough to know it by, and no more: +1•••••••67."""
    return f"{number[:2]}{'•' * max(0, len(number) - 4)}{number[-2:]}" if len(number) > 6 else "•" * len(number)
