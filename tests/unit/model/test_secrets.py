"""Secrets by their look: found, blacked out, and nothing else touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.model.secrets import BLACK, find_secrets, mask_secrets

SECRETS = {
    "ghp_" + "a" * 36: "a GitHub token",
    "github_pat_" + "11ABCDEFG0" * 8: "a GitHub token",
    "glpat-" + "x" * 20: "a GitLab token",
    "AKIAIOSFODNN7EXAMPLE": "an AWS access key",
    "xoxb-123456789012-abcdef": "a Slack token",
    "sk_live_" + "4" * 24: "a Stripe key",
    "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----": "a private key",
    "-----BEGIN PRIVATE KEY-----\nwithout an end": "a private key",
}


@pytest.mark.parametrize("secret", SECRETS, ids=lambda text: text[:12])
def test_a_secret_is_found_and_blacked_out(secret: str) -> None:
    text = f"key: {secret}"
    assert [found.kind for found in find_secrets(text)] == [SECRETS[secret]]
    masked = mask_secrets(text)
    assert set(masked.removeprefix("key: ")) <= {BLACK, "\n"}


def test_the_password_of_an_address_is_blacked_out_and_the_rest_is_left() -> None:
    assert mask_secrets("see https://me:hunter2@host.example/x") == (
        f"see https://{BLACK * 10}@host.example/x"
    )


@pytest.mark.parametrize(
    "text",
    ["https://host.example:8080/a@b", "me@host.example", "ghp_short", "XAKIAIOSFODNN7EXAMPLEX", ""],
)
def test_what_is_no_secret_is_left(text: str) -> None:
    assert mask_secrets(text) == text


@given(st.text("ghp_aAKI7-BEGINPRVTKY :/@\n", max_size=80))
def test_lines_and_columns_stay(text: str) -> None:
    masked = mask_secrets(text)
    assert [len(line) for line in masked.split("\n")] == [len(line) for line in text.split("\n")]
    assert list(find_secrets(masked)) == []
