"""Who is let in, and as which account."""

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.emulator.client import CONFIGURATIONS, HEX, KEY, OTHER_SID, SID, Client, assert_error


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer token",
        "Basic",
        "Basic !!!",
        "Basic /w==",
        "Basic QUM6dG9rZW4=",
    ],
)
def test_missing_or_malformed_credentials_are_a_401(emulator: Emulator, authorization: str | None) -> None:
    client = Client(emulator, auth=None)
    response = client.get(CONFIGURATIONS, headers={"Authorization": authorization})
    assert_error(response, 401, 20003, "Authentication Error")
    assert response.headers["WWW-Authenticate"].startswith("Basic ")
    client.close()


@pytest.mark.parametrize(
    "auth",
    [
        (f"AC{HEX[1:]}", "token"),
        (f"AC{HEX}0", "token"),
        (f"AB{HEX}", "token"),
        (SID, ""),
        (f"{SID}\n", "token"),
    ],
)
def test_a_user_name_that_is_no_sid_or_an_empty_secret_is_a_401(
    emulator: Emulator, auth: tuple[str, str]
) -> None:
    client = Client(emulator, auth)
    assert_error(client.get(CONFIGURATIONS), 401, 20003)
    assert_error(client.post(CONFIGURATIONS, {"not": "read"}), 401, 20003)
    client.close()


def test_any_secret_lets_an_account_in(emulator: Emulator) -> None:
    for secret in ("one", "another", "with:colon", "with space"):
        client = Client(emulator, (SID, secret))
        client.create()
        client.close()
    assert len(emulator.state[SID]["twilio/voice:ClientConfiguration"]) == 4


def test_an_api_key_belongs_to_the_account_with_the_same_digits(emulator: Emulator, client: Client) -> None:
    key = Client(emulator, (KEY, "secret"))
    created = key.create()
    key.close()
    assert created["account_sid"] == SID
    assert client.get(f"{CONFIGURATIONS}/{created['id']}").json() == created


def test_accounts_do_not_see_each_other(emulator: Emulator, client: Client) -> None:
    created = client.create("name")
    other = Client(emulator, (OTHER_SID, "token"))
    assert_error(other.get(f"{CONFIGURATIONS}/{created['id']}"), 404, 20404)
    assert_error(other.delete(f"{CONFIGURATIONS}/name"), 404, 20404)
    assert other.get(CONFIGURATIONS).json()["content"] == []
    assert other.create("name")["account_sid"] == OTHER_SID
    other.close()


def test_given_accounts_are_the_only_ones_let_in() -> None:
    expected = {(SID, "right"): 200, (SID, "wrong"): 401, (OTHER_SID, "right"): 401, (KEY, "right"): 401}
    with Emulator(accounts={SID: "right"}) as emulator:
        for auth, status in expected.items():
            client = Client(emulator, auth)
            assert client.get(CONFIGURATIONS).status_code == status
            client.close()
