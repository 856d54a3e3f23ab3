"""Whether a call could come in, and one go out, as far as the settings tell."""

from integrations.errors import Invalid
from integrations.settings import Settings
from integrations.telephone.choose import choose_dialer, choose_telephone, unable, unsigned
from voice.doctor_speech import Told


def telephone(settings: Settings) -> Told | None:
    """None where no provider is set. Nobody is called to find out."""
    phone, public = settings.phone, settings.public_url
    if phone.provider is None:
        return None
    name = phone.provider.capitalize()
    if missing := unsigned(phone):
        return "bad", f"{name}'s calls can't be told from forged ones without {missing}."
    try:
        choose_telephone(phone)
        choose_dialer(phone)
    except Invalid as error:
        return "bad", error.say
    if public is None:
        return "bad", f"{name}'s signature counts for CHRONUS_PUBLIC_URL, which is not set: every call is refused."
    if public.scheme != "https":
        return "note", f"{name} can't reach {public}: it calls https addresses. `chronus call` can."
    mine = f"{name} may call {str(public).rstrip('/')}/v1/phone/{phone.provider}/incoming."
    if missing := unable(phone):
        return "note", f"{mine} I can't call anybody without {missing}."
    return "ok", f"{mine} I can call verified numbers from {phone.number}."
