"""Entity tags: the version of an object, and updates for one version only."""

import base64
import json

from pulumi_switchboard.emulator.api import ApiRequest, Refused
from pulumi_switchboard.emulator.store import JsonObject


def etag_of(shown: JsonObject) -> str:
    """Return the tag of the version of an object."""
    version = json.dumps({"id": shown["id"], "v": shown["version"]}).encode()
    return f'"{base64.urlsafe_b64encode(version).decode()}"'


def refuse_other_version(request: ApiRequest, shown: JsonObject) -> None:
    """Refuse an update that has `If-Match` with the tag of another version."""
    wanted = request.headers.get("if-match", "*").strip()
    if wanted != "*" and wanted.strip('"') != etag_of(shown).strip('"'):
        raise Refused(412, "If-Match: the object has another version")
