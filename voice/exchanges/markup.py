"""Reading what Chronus answers a webhook with."""

from lxml import etree

from voice.exchanges import Answered


def read(text: bytes) -> etree._Element:
    """Nothing outside of it is looked at."""
    return etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True))


def like_twiml(text: bytes) -> Answered:
    """Connect a stream with its parameters, or say something."""
    root = read(text)
    said = " ".join(one.text or "" for one in root.findall("Say"))
    stream = root.find("Connect/Stream")
    if stream is None:
        return Answered(parameters={}, said=said)
    parameters = {one.get("name", ""): one.get("value", "") for one in stream.findall("Parameter")}
    return Answered(stream=stream.get("url"), parameters=parameters, said=said)
