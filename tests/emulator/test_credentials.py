"""Who is let in, and as which account."""

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.emulator.client import CONFIGURATIONS, HEX, KEY, OTHER_SID, SID, Client, assert_error
from tests.emulator.ultravox import KEY as ULTRAVOX_KEY
from tests.emulator.ultravox import NAME, PATH, SECRET, TYPE, Ultravox, assert_detail


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


@pytest.mark.parametrize(
    "key",
    [
        NAME,
        f"{NAME}.",
        f"{NAME}.{SECRET[1:]}",
        f"{ULTRAVOX_KEY}k",
        f"{NAME}{SECRET}.",
        f"{NAME[1:]}-.{SECRET}",
        f"{NAME}:{SECRET}",
        SID,
    ],
)
def test_an_ultravox_key_that_is_malformed_is_a_403(emulator: Emulator, key: str) -> None:
    client = Ultravox(emulator, key)
    assert_detail(client.get(PATH), 403)
    assert_detail(client.post(PATH, {"not": "read"}), 403)
    client.close()


def test_credentials_of_another_vendor_are_as_good_as_none(emulator: Emulator) -> None:
    client = Ultravox(emulator, key=None)
    assert_detail(client.get(PATH), 401, "not provided")
    assert_detail(client.get(PATH, headers={"X-API-Key": ""}), 401, "not provided")
    assert_detail(client.get(PATH, auth=(SID, "token")), 401, "not provided")
    assert_error(client.get(CONFIGURATIONS, headers={"X-API-Key": ULTRAVOX_KEY}), 401, 20003)
    client.close()


def test_an_ultravox_key_is_an_account_that_its_public_part_names(emulator: Emulator) -> None:
    for name in ("abcd1234", "ABCD1234"):
        client = Ultravox(emulator, f"{name}.{SECRET}")
        assert_detail(client.get(PATH), 404)
        client.created()
        client.close()
    assert {account: set(types) for account, types in emulator.state.items()} == {
        "abcd1234": {TYPE},
        "ABCD1234": {TYPE},
    }
    assert SECRET not in str(emulator.state)


def test_given_ultravox_keys_are_the_only_ones_let_in() -> None:
    expected = {ULTRAVOX_KEY: 404, f"{NAME}.{'x' * 32}": 403, f"zyxw9876.{SECRET}": 403}
    with Emulator(accounts={NAME: SECRET, SID: "right"}) as emulator:
        for key, status in expected.items():
            client = Ultravox(emulator, key)
            assert_detail(client.get(PATH), status)
            client.close()
        twilio = Client(emulator, (SID, "right"))
        assert twilio.get(CONFIGURATIONS).status_code == 200
        twilio.close()


def test_accounts_of_one_vendor_let_nobody_in_at_the_other() -> None:
    with Emulator(accounts={SID: "right"}) as emulator:
        client = Ultravox(emulator)
        assert_detail(client.get(PATH), 403, "Invalid API key")
        client.close()
