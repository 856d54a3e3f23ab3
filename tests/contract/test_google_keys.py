"""With a key file and TLS, as against the real Google: who we are goes with every call, and nobody else is asked."""

import asyncio
import json
import sys
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import grpc
import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from tests.emulators.speech import Listener, listening

HEARD = """
import asyncio, sys
from integrations.settings import Settings, google_credentials
from integrations.speech.choose import google_hears
from integrations.speech.google_cloud import GoogleCloud
from integrations.speech.google_recognizer import GoogleRecognizer
from tests.emulators import tones

async def main():
    speech = Settings(_env_file=None).speech
    assert google_hears(speech, credentials=google_credentials() is not None)
    cloud = GoogleCloud(speech)
    recognizer = GoogleRecognizer(cloud)
    await recognizer.warm()
    utterance = recognizer.utterance(rate=16000)
    utterance.feed(tones.sound(["w1", "w2", "w3"], 16000))
    print((await utterance.final()).text)
    await utterance.close()
    await cloud.close()

asyncio.run(main())
"""


async def test_a_key_file_is_all_it_takes(tmp_path: Path) -> None:
    """Google's own variable names it; the project is the file's; each call is signed here, without fetching a token."""
    key = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
    tls, roots = _certificate(key, tmp_path)
    listener = Listener(location="eu")
    async with listening(listener, tls=tls) as settings:
        environment = {
            "PYTHONPATH": str(Path.cwd()),
            "PATH": "/usr/bin:/bin",
            "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH": str(roots),
            "GOOGLE_APPLICATION_CREDENTIALS": str(_key_file(key, tmp_path)),
            "CHRONUS_SPEECH__ENDPOINT": str(settings.endpoint),
            "CHRONUS_SPEECH__LOCATION": "eu",
        }
        program = await asyncio.create_subprocess_exec(
            sys.executable, "-W", "ignore", "-c", HEARD, env=environment,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        told, errors = await program.communicate()
    assert told.decode().strip() == "w1 w2 w3", errors.decode()[-2_000:]
    (stream,) = listener.streams
    assert stream.head.recognizer == "projects/a-house/locations/eu/recognizers/_"
    scheme, token = stream.metadata["authorization"].split()
    claims: dict[str, Any] = jwt.decode(token, key.public_key(), ["RS256"], options={"verify_aud": False})
    assert (scheme, claims["iss"]) == ("Bearer", "chronus@a-house.iam.gserviceaccount.com")


def _key_file(key: rsa.RSAPrivateKey, folder: Path) -> Path:
    """A service account's key, as Google's console gives it; its token address leads nowhere."""
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    told = {
        "type": "service_account", "project_id": "a-house", "private_key_id": "1", "private_key": pem, "client_id": "1",
        "client_email": "chronus@a-house.iam.gserviceaccount.com", "token_uri": "http://127.0.0.1:1/token",
    }  # fmt: skip
    path = folder / "key.json"
    path.write_text(json.dumps(told))
    return path


def _certificate(key: rsa.RSAPrivateKey, folder: Path) -> tuple[Any, Path]:
    """Credentials for a server that calls itself localhost, and the file that lets a client believe it."""
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]), datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    roots = folder / "roots.pem"
    roots.write_bytes(pem)
    return grpc.ssl_server_credentials([(private, pem)]), roots
