"""The whole check of a resource: its arguments, conflicts, and what it will overwrite."""

from __future__ import annotations

from dataclasses import dataclass

from pulumi_switchboard.errors import SwitchboardError
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.lifecycle.check import check
from pulumi_switchboard.lifecycle.preview import claim_in_check, preview_overwrites
from pulumi_switchboard.runtime.call import Call
from pulumi_switchboard.runtime.redactor import SafeText


@dataclass(frozen=True)
class CheckedResource:
    """The result of a check."""

    inputs: Bag
    failures: list[SafeText]
    """Everything that is wrong. No failure contains a value."""


def check_resource(call: Call, old: Bag, new: Bag) -> CheckedResource:
    """Check the new inputs of a resource; the old ones are empty if the resource is new. It warns as well."""
    checked = check(call.definition, old, new)
    failures = [str(problem) for problem in checked.problems]
    try:
        context = call.context(in_preview=True)
        claim_in_check(context, checked.inputs, is_new=not old)
        if not (old or failures):
            preview_overwrites(context, call.process.listings, checked.inputs)
    except SwitchboardError as error:
        failures.append(str(error))
    for warning in checked.warnings:
        call.warn(f"{warning.path} {warning.reason}")
    return CheckedResource(checked.inputs, [call.redactor.safe(text) for text in failures])
