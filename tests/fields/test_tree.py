"""The field tree of a model."""

from __future__ import annotations

from typing import Annotated

from pulumi_switchboard.fields.models import Caseless, Id, Model, Secret, State, Unordered, Url
from pulumi_switchboard.fields.tree import ANYTHING, fields_containing, fields_with, sent_fields, tree
from pulumi_switchboard.fields.urls import WebhookUrl

from tests.fields.example import Channel, ExampleInputs, ExampleState, Hook, Rule
from tests.promises import proves

FIELDS = tree(ExampleInputs).members


class Words(Model):
    """Texts whose case has no meaning, at every depth, and URLs without a field of their own."""

    word: Annotated[str | None, Caseless()] = None
    """A text."""
    lists: Annotated[list[list[str]] | None, Unordered(), Caseless()] = None
    """Lists of texts."""
    urls: dict[str, list[WebhookUrl]] | None = None
    """URLs."""


def test_a_value_is_found_at_every_depth_and_anything_may_be_where_the_model_says_nothing() -> None:
    hook = FIELDS["channels"].child("any key").child("hook")
    assert (hook.model, hook.owner, hook.name) == (Hook, Channel, "hook")
    assert (hook.kind, FIELDS["size"].kind) == (Hook, int)
    assert FIELDS["rules"].child(7).model is Rule
    assert FIELDS["rules"].child(7).child("from_").owner is Rule
    for unknown in (tree(ExampleInputs).child("novel"), FIELDS["size"].child(0), FIELDS["header"].child(0)):
        assert unknown is ANYTHING is unknown.child("deeper")


def test_a_marker_is_where_it_applies() -> None:
    members = tree(Words).members
    assert members["word"].has(Caseless)
    assert members["lists"].has(Unordered)
    assert [field.has(Caseless) for field in members["lists"].walk()] == [True, False, False]
    assert FIELDS["ids"].marker(Unordered) == Unordered(once=True)
    assert FIELDS["size"].marker(Unordered) is None
    assert FIELDS["url"].has(Url), "a marker inside of an optional type is lost"


@proves("secret.webhook-urls")
def test_markers_are_found_inside_of_objects_lists_and_maps() -> None:
    assert fields_with(ExampleState, Id) == ("example_id",)
    assert fields_containing(ExampleInputs, Url) == ("hooks", "channels", "url")
    assert fields_containing(ExampleInputs, Secret) == ("hooks", "channels", "token", "hint")
    assert fields_containing(Words, Url) == ("urls",)


def test_only_a_required_field_or_one_with_a_default_is_always_in_state() -> None:
    always = [name for name, field in FIELDS.items() if field.is_always_present]
    assert always == ["region", "colour", "is_on", "tags"]
    assert FIELDS["colour"].default == "red"
    assert not FIELDS["colour"].is_required


def test_what_never_leaves_the_process_is_no_field() -> None:
    assert "body" in State.model_fields
    assert {*tree(ExampleState).members} == {*FIELDS, "example_id", "account"}
    assert sent_fields(ExampleState) == tuple(tree(ExampleState).members)


def test_innermost_fields_come_first_and_the_docstring_is_the_fields() -> None:
    names = [field.name for field in tree(Words).walk()]
    assert names == ["word", "", "", "lists", "", "", "urls", ""]
    assert tree(Words).child("lists").doc == "Lists of texts."
