"""No form of a secret stays in a text that is shown."""

import base64
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.hosting.secrecy import forms_of, redact

SECRETS = st.text(st.characters(codec="ascii", min_codepoint=33), min_size=8, max_size=40)
USERS = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=12)


@given(SECRETS, USERS, st.text("xyz", max_size=5))
def test_a_secret_is_blacked_out_in_every_form(secret: str, user: str, other: str) -> None:
    known = forms_of(user, secret)
    encoded = base64.b64encode(f"{user}:{secret}".encode()).decode()
    forms = {secret, quote(secret, safe=""), quote(secret), quote_plus(secret), encoded}
    for form in forms | {encoded.rstrip("=")}:
        assert form not in redact(f"it is {form} there", known)
    hidden = base64.b64encode(f"{other}:{secret}:{other}".encode()).decode()
    shown = redact(hidden, known)
    assert base64.b64encode(secret.encode()).decode()[:8] not in shown
    assert "***" in shown


@given(SECRETS)
def test_a_form_is_longer_than_what_it_holds_of_others(secret: str) -> None:
    forms = forms_of("me", secret)
    assert list(forms) == sorted(forms, key=lambda form: (-len(form), form))
    assert all(forms)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ssh://git@host.example/a.git", "ssh://git@host.example/a.git"),
        ("ssh://git:word@host/a.git", "ssh://***@host/a.git"),
        ("ssh://git@wo:rd@host/a.git", "ssh://***@host/a.git"),
        ("Authorization: Basic cHVibGlzaGVyOng=", "Authorization: Basic ***"),
        ("authorization: bearer abcdefgh1234", "authorization: bearer ***"),
        ("Basic rules", "Basic rules"),
        ("two  spaces\n  and a line", "two  spaces\n  and a line"),
    ],
)
def test_what_looks_like_a_login_goes_and_the_rest_stays(text: str, shown: str) -> None:
    assert redact(text) == shown
