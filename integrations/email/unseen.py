"""Taking out of HTML what no reader sees: a favourite place for words that are meant for machines only."""

import re

from lxml.etree import LxmlError
from lxml.html import document_fromstring, tostring

_HIDES = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|opacity\s*:\s*0*(\.0*)?\s*(;|$)|font-size\s*:\s*(0+(\.0*)?\s*(px|pt|em|rem|%)?|1\s*p[xt])\s*(;|!|$)|"
    r"max-height\s*:\s*[01](px)?\s*(;|!|$)|(text-indent|left|top|margin-left)\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
_MAY_HIDE = re.compile(r"""\bhidden\b|display\s*:\s*none|visibility|mso-hide|opacity|font-size\s*:\s*[01](?!\d)|max-height|:\s*-\d{3}""", re.IGNORECASE)  # fmt: skip


def seen(html: str) -> str:
    """The same without elements that are not shown. What is told by a stylesheet, or by white on white, stays."""
    if not _MAY_HIDE.search(html):
        return html
    try:
        tree = document_fromstring(html)
    except (LxmlError, ValueError, RecursionError):
        return html
    for element in tree.xpath("//body//*[@style or @hidden]"):
        if "hidden" in element.attrib or _HIDES.search(element.get("style", "")):
            element.drop_tree()
    return str(tostring(tree, encoding="unicode"))
