"""A provider's account as a caller without one has it: what it signs with, and the webhooks that it posts."""

from dataclasses import dataclass
from functools import cached_property

import httpx

from integrations.errors import Denied, Invalid, Unavailable
from integrations.settings import Settings
from integrations.trust import trusted
from voice.exchanges import Answered, Call, Exchange, exchange


@dataclass(frozen=True, kw_only=True)
class Account:
    """What a provider's account knows of us: our public address, and what it signs with (with Telnyx, a private key)."""

    public_url: str
    token: str
    sid: str
    provider: str = "twilio"
    number: str = "+15550100000"
    """Ours."""

    @cached_property
    def exchange(self) -> Exchange:
        """The provider's side."""
        return exchange(self.provider, self.token, self.sid)

    @classmethod
    def of(cls, settings: Settings, provider: str | None = None, key: str | None = None) -> "Account":
        """The one of the settings; `key` is Telnyx's private one. Raises `Invalid` for what is missing."""
        phone, name = settings.phone, provider or settings.phone.provider
        if settings.public_url is None or name is None:
            raise Invalid("A call needs CHRONUS_PUBLIC_URL and CHRONUS_PHONE__PROVIDER, the same as the server's.")
        if name == "telnyx":
            secret, missing = key, "--key, the private half of CHRONUS_PHONE__TELNYX_PUBLIC_KEY (docs/phone.md)"
            sid = phone.telnyx_account_sid
        elif name == "plivo":
            token, missing = phone.plivo_auth_token, "CHRONUS_PHONE__PLIVO_AUTH_TOKEN, the same as the server's"
            secret, sid = token.get_secret_value() if token else None, phone.plivo_auth_id
        else:
            token, missing = phone.twilio_auth_token, "CHRONUS_PHONE__TWILIO_AUTH_TOKEN, the same as the server's"
            secret, sid = token.get_secret_value() if token else None, phone.twilio_account_sid
        if not secret:
            raise Invalid(f"A call needs {missing}.")
        return cls(
            public_url=str(settings.public_url).rstrip("/"), token=secret, sid=sid or f"AC{'0' * 32}", provider=name,
            number=phone.number or cls.number,
        )  # fmt: skip


async def ring(server: str, account: Account, call_id: str, caller: str) -> Answered:
    """Post the webhook to `server`, signed for the public address. Raises `Denied` and `Unavailable`."""
    path = f"/v1/phone/{account.provider}/incoming"
    return await tell(server, account, path, Call(call_id=call_id, caller=caller, called=account.number))


async def tell(server: str, account: Account, path: str, call: Call) -> Answered:
    """Post a webhook about a call to this path of `server`. Raises `Denied` and `Unavailable`."""
    headers, body = account.exchange.webhook(account.public_url + path, call)
    try:
        async with httpx.AsyncClient(verify=trusted(), timeout=15) as client:
            response = await client.post(server.rstrip("/") + path, content=body, headers=dict(headers))
    except (httpx.TransportError, httpx.InvalidURL) as error:
        raise Unavailable(f"I couldn't reach Chronus at {server}. Start it with `make run`.") from error
    if response.status_code in (403, 404):
        raise Denied("The server refuses the call: its public address, its provider or its token is another one.")
    if response.is_error:
        raise Unavailable(f"The server answers {response.status_code}.")
    return account.exchange.understood(response.content) if response.content else Answered(parameters={})
