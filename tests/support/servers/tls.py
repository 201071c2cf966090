"""An authority and a certificate for loopback, made by openssl for one session."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

from support.servers.program import need

_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "3650"]


@dataclass(frozen=True)
class Certificate:
    """Files: the authority to trust, the certificate that it signed, and that one's key."""

    authority: Path
    certificate: Path
    key: Path


def make_certificate(folder: Path) -> Certificate:
    """Return a new certificate for 127.0.0.1 and localhost, signed by a new authority."""
    authority, authority_key = folder / "authority.pem", folder / "authority.key"
    made = Certificate(authority, folder / "server.pem", folder / "server.key")
    _request("/CN=An authority for tests", authority_key, authority)
    _request(
        "/CN=localhost",
        made.key,
        made.certificate,
        *["-CA", str(authority), "-CAkey", str(authority_key)],
        *["-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"],
        *["-addext", "basicConstraints=critical,CA:FALSE"],
    )
    return made


def _request(subject: str, key: Path, out: Path, *options: str) -> None:
    openssl = need("openssl", "openssl")
    where = ["-subj", subject, "-keyout", str(key), "-out", str(out)]
    subprocess.run(
        [openssl, "req", "-x509", *_KEY, *where, *options], check=True, capture_output=True
    )
