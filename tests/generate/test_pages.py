"""The reference pages: what they say of a type, and that they say it of every type."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pulumi_switchboard import definitions
from pulumi_switchboard.fields.models import (
    Autonamed,
    Caseless,
    Id,
    Model,
    Replaces,
    Secret,
    State,
    Unordered,
    Unsent,
    WriteOnly,
)
from pulumi_switchboard.fields.tree import tree
from pulumi_switchboard.fields.urls import WebhookUrl
from pulumi_switchboard.resource.definition import Definition, Evidence
from pulumi_switchboard.rest.collection import Collection, Update
from pulumi_switchboard.rest.operations import Operations, Readiness
from pulumi_switchboard.rest.paging import Pages
from pulumi_switchboard.vendors.twilio.client import TWILIO
from pulumi_switchboard.vendors.vendor import Product
from pydantic import Field, create_model

from tests.promises import proves
from tests.samples import every
from tests.samples.sample import Sample
from tools.generate.__main__ import leftovers
from tools.generate.pages.documents import BEGIN, END, with_types
from tools.generate.pages.limits import limits
from tools.generate.pages.markdown import table
from tools.generate.pages.page import page
from tools.generate.pages.requests import OWN_WAY, requests


class Bed(Model):
    """Where it grows."""

    soil: Literal["sand", "loam"] = "loam"
    """The soil | earth."""


class PlantInputs(Model):
    """A plant."""

    name: Annotated[str | None, Autonamed()] = None
    """What it is called."""
    kind: Annotated[str, Replaces()]
    """What grows."""
    months: list[Literal[3, 4]] | None = None
    """When it grows."""
    beds: list[Bed] | None = None
    """Where it grows."""
    pin: Annotated[str | None, Secret()] = None
    """What opens the gate."""
    callback: WebhookUrl | None = None
    """Who is told."""
    deletion_protection: Annotated[bool, Unsent()] = False
    """Whether a destroy is refused. It has to be off before."""


class PlantState(PlantInputs, State):
    """A plant as it is."""

    plant_id: Annotated[str, Id()]
    """The id of the plant."""
    status: str | None = None
    """How it is."""


def plant(**api: Any) -> Definition[Collection]:
    """A type whose API has these features."""
    return Definition(
        "twilio/garden:Plant",
        PlantInputs,
        PlantState,
        Collection(Product(TWILIO, "garden"), "/v1/Plants", Update.PATCH_MERGES, **api),
        Evidence("Twilio Garden v1", "https://example.com/plants", assumption="that there is a garden"),
    )


FULL = plant(
    pages=Pages("plants", "next", size=20, are_ids=True, filters=("kind",)),
    natural_key="name",
    has_idempotency_keys=True,
    has_versions=True,
    operations=Operations("/v1/Operations", ("result.id",)),
    readiness=Readiness("status", waiting=("SOWN",), ready="GROWN", failed="WITHERED"),
    fixed={"spec": {"type": "Plant"}},
)


@pytest.mark.parametrize(
    ("annotation", "text"),
    [
        (str, ""),
        (Literal["a", "b"], '`"a"` or `"b"`'),
        (Annotated[str, Field(min_length=1)], "at least 1 character"),
        (Annotated[str, Field(max_length=64)], "at most 64 characters"),
        (Annotated[str | None, Field(min_length=1, max_length=64)], "1 to 64 characters"),
        (Annotated[str, Field(pattern="^a+$")], "matches `^a+$`"),
        (Annotated[list[str], Field(min_length=2, max_length=2)], "exactly 2 items"),
        (Annotated[dict[str, str], Field(max_length=5)], "at most 5 entries"),
        (Annotated[int, Field(ge=1, le=20)], "at least 1; at most 20"),
        (Annotated[float, Field(gt=0, lt=1.5)], "more than 0; less than 1.5"),
        (list[Annotated[str, Field(max_length=9)]], "each: at most 9 characters"),
        (Annotated[list[str], Unordered()], "the order means nothing"),
        (Annotated[list[str], Unordered(once=True)], "neither order nor repetition means anything"),
        (Annotated[str, Secret(), WriteOnly()], "secret; never shown by the vendor"),
        (Annotated[str, Caseless()], "upper and lower case are the same"),
        (WebhookUrl, "an absolute URL, whose user, password and query are secret"),
    ],
)
def test_limits_of_the_model_are_said_in_words(annotation: Any, text: str) -> None:
    assert limits(tree(create_model("Example", value=(annotation, ...))).members["value"]) == text


LISTED = (
    "- A list (`GET /v1/Plants`) has ids in `plants`, at most 20 in a page. The next page is found by "
    "`meta.next`."
)
READY = (
    "- A new object can be used when its `status` is GROWN. A create waits for that, at most 10 minutes, or "
    "as long as `custom_timeouts` says; WITHERED is an error."
)
GOT = (
    "- `twilio.garden.get_plant(id=…)` or `twilio.garden.get_plant(name=…)` shows an existing garden "
    "plant. The result, `GetPlantResult`, has every output but `deletion_protection`."
)
WORDS = ("`Idempotency-Key`", "`If-Match`", "COMPLETED, FAILED or CANCELLED", "GROWN", "spec.type")


def test_a_page_says_all_that_the_definition_declares() -> None:
    text = page(FULL)

    for line in (
        "| `kind` | `str` | **required** |  | **replaces** | What grows. |",
        "| `name` | `str` | generated from the resource's name |  | updates | What it is called. |",
        "| `beds` | list[[Bed](#bed)] |  |  | updates | Where it grows. |",
        "| `months` | `list[int]` |  | each: `3` or `4` | updates | When it grows. |",
        "| `pin` | `str` |  | secret | updates | What opens the gate. |",
        '| `soil` | `str` | `"loam"` | `"sand"` or `"loam"` | The soil \\| earth. |',
        "| `plant_id` | `str` | The id of the plant. |",
        "| `status` | `str` or none | How it is. |",
        "- An object that differs in `kind` can't be adopted.",
        "- `pin` is always secret.",
        "- `callback` is secret as a whole if a URL in it has a user, a password or a query.",
        LISTED,
        "- A list can be filtered by `kind`.",
        "- Each body has `spec.type` besides the arguments.",
        READY,
        GOT,
        "- `twilio.garden.list_plants()` lists all objects, or those with a given `kind`.",
        "- The same as outputs: `get_plant_output` and `list_plants_output`.",
        "- `name`: reads the list and each object in it.",
        "- `deletion_protection`: Whether a destroy is refused. It has to be off before.",
        "- assumption: that there is a garden",
    ):
        assert f"\n{line}\n" in text, line
    assert "- The same as outputs: `get_plant_output`.\n" in page(plant())
    assert all(words in text and words not in page(plant()) for words in WORDS)
    assert "Twilio Garden v1: [the vendor's page](https://example.com/plants)." in text
    assert "vendor specification" not in text


DECLARED = [
    sample
    for sample in every()
    if not any(one.method == OWN_WAY for one in requests(definitions.find(sample.type))["create"])
]
"""The types whose requests all follow from what is declared."""


@proves("preview.no-needless-request")
@pytest.mark.parametrize("sample", DECLARED, ids=lambda sample: sample.type)
def test_the_requests_of_a_page_are_those_that_are_sent(sample: Sample) -> None:
    said = dict(requests(definitions.find(sample.type)))
    said["create"] = [*said["preview"], *said["create"]]  # an update begins with the look of its preview
    if sample.setting is not None:
        said["delete"] = said[f"destroy with `{sample.maximal['on_destroy']}`"]
    for verb, sent in sample.requests.items():
        expected = [f"{one.method}( {one.method})*" if one.until else one.method for one in said[verb]]
        assert re.fullmatch(" ".join(expected), sent), verb


def test_an_api_of_another_kind_says_where_its_requests_have_to_be_described() -> None:
    api: Any = object()
    unknown = Definition("twilio/garden:Plant", PlantInputs, PlantState, api, FULL.evidence)
    with pytest.raises(TypeError, match=r"say in tools\.generate\.pages\.requests what object requests"):
        requests(unknown)


def test_the_table_in_the_readme_is_written_between_its_marks() -> None:
    kind = "[`twilio.garden.Plant`](docs/types/twilio.garden.Plant.md)"
    row = f"| {kind} | Garden v1, private beta | operations and readiness | assumption |"
    beta = replace(FULL, evidence=replace(FULL.evidence, api="Twilio Garden v1 (new), plants (private beta)"))
    readme = with_types(f"before\n{BEGIN}\nold\n{END}\nafter\n", [beta])
    assert readme.startswith(f"before\n{BEGIN}\n| type |")
    assert readme.endswith(f"\n{row}\n{END}\nafter\n")
    with pytest.raises(ValueError, match="has to have"):
        with_types("without marks", [FULL])


def test_a_column_without_a_cell_is_left_out() -> None:
    assert table(("a", "b"), [("1", ""), ("2", "")]) == "| a |\n|---|\n| 1 |\n| 2 |"


def test_a_page_of_no_type_is_left_over(tmp_path: Path) -> None:
    for name in ("twilio.gone.Type.md", "twilio.here.Type.md", "__init__.py"):
        (tmp_path / name).touch()
    assert leftovers([tmp_path], {tmp_path / "twilio.here.Type.md"}) == [tmp_path / "twilio.gone.Type.md"]
