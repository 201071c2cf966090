"""What must never be shown, in every form in which others repeat it, and how it is kept out."""

import base64
import re
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

_LEAST = 6
"""Characters of base64 below which a piece of it says nothing and stands in many words."""
_LOGIN = re.compile(r"\b(Basic|Bearer)\s+[A-Za-z0-9+/=_~.-]{8,}", re.IGNORECASE)
_SSH_USER = re.compile(r"\bssh://[A-Za-z0-9._-]+@(?=[A-Za-z0-9.\[-])")
_IN_ADDRESS = re.compile(r"://\S*@")


def forms_of(user: str, secret: str) -> tuple[str, ...]:
    """Return every form in which a secret may turn up in a text, the longest first."""
    pair = f"{user}:{secret}"
    pieces = {piece for number in range(3) for piece in _base64_pieces(secret, number)}
    whole = {_base64(pair), _base64(pair).rstrip("="), _base64(secret).rstrip("=")}
    quoted = {quote(secret, safe=""), quote(secret), quote_plus(secret)}
    forms = {secret, *quoted, *whole, *pieces}
    return tuple(sorted((form for form in forms if form.strip()), key=lambda f: (-len(f), f)))


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """Return ``text`` fit for a screen: no secrets, no credentials in its URLs, no control signs.

    ``secrets`` come the longest first. What stands between ``://`` and the last ``@`` of a word
    goes, too much rather than too little; but the user's name of an ssh address is no secret.
    """
    known = text.encode("utf-8", "replace").decode()
    shown = "".join(c if c.isprintable() or c == "\n" else " " for c in known)
    for secret in secrets:
        shown = shown.replace(secret, "***")
    shown = _LOGIN.sub(r"\1 ***", shown)
    parts = re.split(r"(\s+)", shown)
    return "".join(map(_without_login, parts)).strip()


def _without_login(word: str) -> str:
    if _SSH_USER.search(word) and word.count("@") == 1:
        return word
    return _IN_ADDRESS.sub("://***@", word)


def _base64(text: str) -> str:
    return base64.b64encode(text.encode("utf-8", "surrogateescape")).decode()


def _base64_pieces(secret: str, before: int) -> Iterable[str]:
    """What base64 makes of a secret alone, when so many bytes (modulo 3) of others come before it.

    Four characters stand for three bytes; those that others' bytes have a part in are left out.
    """
    data = secret.encode("utf-8", "surrogateescape")
    encoded = base64.b64encode(bytes(before) + data).decode()
    piece = encoded[-(-before * 8 // 6) : (before + len(data)) * 8 // 6]
    if len(piece) >= _LEAST:
        yield piece
        yield piece.translate(str.maketrans("+/", "-_"))
