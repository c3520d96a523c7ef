"""The promises that the product makes to its users, and the mark of the tests that prove them.

`docs/promises.md` lists them with their tests; `make generate` writes it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

Test = TypeVar("Test", bound=Callable[..., object])


class Promise(NamedTuple):
    """What the product promises, and the name by which tests mark it: `@proves("read.gone-leaves-state")`."""

    key: str
    section: str
    text: str


def proves(*keys: str) -> Callable[[Test], Test]:
    """Mark a test as one that proves these promises.

    Raises:
        LookupError: There is no such promise.
    """
    for key in keys:
        if key not in KEYS:
            raise LookupError(f"there is no promise {key!r} in tests/promises.py")

    return lambda test: test


SECTIONS = {
    "Checking arguments": {
        "check.all-problems-at-once": "A preview reports all problems of a resource at once, each with its path and reason, and never shows a value.",
        "check.unknown-never-fails": "A value that is not known yet never fails a preview.",
        "check.rules-fail": "What breaks the structure or a documented rule of the vendor fails in the preview, before anything is sent.",
        "check.disputed-limits-warn": "A limit on which the vendor's sources disagree only warns, and only of a new or changed value.",
    },
    "Comparing": {
        "diff.meaningless-changes": "Another order where order means nothing, null or empty instead of absent, and the vendor's spelling are no change.",
        "diff.settled-after-up": "After `pulumi up`, a preview has nothing to do.",
        "diff.change-shown-by-value": "A preview shows a change of arguments value by value.",
        "diff.drift-is-repaired": "What was changed elsewhere shows in `pulumi refresh`, and the next `pulumi up` repairs it.",
        "diff.added-members-are-drift": "What someone else adds to an object that the stack owns is drift: an absent argument means the vendor's default.",
        "diff.secretness": "A value that becomes a secret, or stops being one, is saved as such without a call to the vendor.",
        "diff.open-create-is-a-change": "A resource whose create is pending or has failed always has a change, so that the next `pulumi up` goes on.",
        "diff.replaces-only-where-documented": "Only a change of an argument that says so replaces the resource.",
        "diff.ignore-changes": "`ignore_changes` leaves a path as the vendor shows it, for drift as well as for changes of the program.",
    },
    "Creating and updating": {
        "create.every-argument": "Every argument reaches the vendor, and comes back as an output.",
        "create.vendor-view-in-state": "State holds what the vendor shows, read again until it shows what was sent, for a bounded time.",
        "update.changed-arguments": "An update sends what the program changed, and writes nothing if the vendor shows it already.",
        "update.removed-arguments-are-cleared": "An argument that is no longer given is cleared.",
        "update.foreign-members-are-kept": "An update reads first, and keeps what the program does not manage and what this package does not know.",
        "update.overwritten-drift-is-warned-of": "An update that overwrites what others have changed since the last run warns of it.",
        "update.other-writes": "An update never overwrites a change that was made after it has read the object, where the vendor checks versions.",
        "update.gone-object": "An update of an object that is gone is an error that says how to create it again.",
    },
    "Reading and deleting": {
        "read.only-drift-replaced": "A refresh keeps the program's own inputs and replaces only the values that have drifted, without nulls.",
        "read.pending-operation-first": "A refresh of a resource with a pending operation looks at that operation first.",
        "read.gone-leaves-state": "An object that is gone leaves state; a 404 that is not in the vendor's own error format removes nothing.",
        "read.get": "`.get()` shows an existing object without managing it, and fails if there is none.",
        "delete.removes": "A destroy removes what the stack has, and leaves everything else.",
        "delete.already-gone": "Deleting what is already gone succeeds.",
        "delete.protection": "An object with `deletion_protection` is neither deleted nor replaced until that is deployed as False.",
    },
    "Previews and adoption": {
        "preview.no-needless-request": "A preview makes no request, unless an existing object is about to be taken under management.",
        "preview.overwrites-listed": "A preview lists every value that will be overwritten, as `field: old -> new`, with secrets redacted.",
        "preview.later-overwrites-warned-of": "`pulumi up` warns of every overwrite that the preview could not see.",
        "preview.vendor-unreachable": "If the vendor cannot be reached, a preview continues with a warning; if it refuses the credentials, the preview fails.",
        "preview.many-looks-one-list": "More than ten looks at objects of one type are one paged list.",
        "import.adopts": "`import_` adopts an existing object and brings it to what the program says; if it is so already, nothing is written.",
        "import.impossible-fails-in-preview": "`import_` of an object that does not exist, or cannot become what the program says, fails in the preview.",
        "import.without-a-write": "What is as the program says comes under management with `import_` without a write at the vendor, for every type; the next preview and a refresh show no change, with and without `import_`.",
        "import.write-only": "A write-only value cannot be read: with `import_` it is recorded as given in the program, never written at adoption, compared by its prefix where the vendor shows one, and warned about.",
        "import.may-stay-in-program": "`import_` may stay in the program, or be removed: it is ignored once the resource has that object.",
    },
    "The account guard": {
        "guard.other-account-stops": "With the credentials of another account, every command stops with an error that names both, before anything is written or leaves state.",
        "guard.other-endpoint-stops": "An object of one endpoint is not looked for at another.",
        "guard.foreign-api-key": "An answer that shows another account than the configured one stops the call, and what it created is removed again.",
    },
    "Waiting": {
        "wait.operation-id": "The id of an operation is found in the header, `statusUrl` or `Location`; a URL of another host is never followed.",
        "wait.object-id": "The id of the object comes from the 202, the operation, its result, or a list filtered by exact name.",
        "wait.pace": "Polls come soon at first and then further apart, never before the server's `Retry-After`, and need few requests.",
        "wait.terminal-states": "Only COMPLETED, FAILED and CANCELLED end an operation; a failure is an error with the vendor's reason.",
        "wait.transient-trouble": "Transient trouble while polling never fails an operation; a 401 or 403 fails at once.",
        "wait.unknown-operation": "An operation that the vendor does not know is asked for again while it is young; after that, and if the vendor refuses to show it, the object itself is read.",
        "wait.deadline": "A wait ends after the resource's `custom_timeouts`, or ten minutes, with one last look.",
        "wait.readiness": "A new object that cannot be used at once is waited for by its own status; one that will never be ready is replaced.",
        "wait.progress": "The status column shows the progress of an operation and its final state.",
    },
    "Nothing is lost, nothing is created twice": {
        "lost.open-outcome-in-state": "An outcome that is still open puts the id, every known output and the pending operation into state.",
        "lost.next-up-continues": "The next `pulumi up` waits on for a pending operation instead of creating again, and `pulumi destroy` works.",
        "lost.refusal-adds-nothing": "A refused call or a FAILED operation is a plain error and adds nothing to state.",
        "lost.never-made-is-replaced": "If an object that is waited for will never exist, the next `pulumi up` replaces it.",
        "lost.create-found-again": "A create whose answer is lost is found again by the next `pulumi up`, never made twice.",
        "lost.update-settled": "An update whose answer is lost is settled by the next `pulumi up`.",
        "lost.delete-repeated": "A delete whose outcome is open names its operation, and can be run again.",
        "lost.crash-at-any-step": "After a crash at any step, the next `pulumi up` takes up what was made and finishes the rest.",
        "lost.ctrl-c": "One Ctrl-C ends all waits within two seconds, and the next `pulumi up` continues.",
        "identity.object-of-its-own": "A create never uses an object that another resource of the stack has, whatever was renamed, moved, replaced or left out.",
        "identity.one-look-up": "A program reads the ids in the stack's state once in a run; if that fails, it warns and goes on.",
        "identity.stacks-apart": "Two stacks, or two lives of one stack, never take each other's objects.",
        "identity.generated-names": "A name that the program does not give is generated from the resource's identity, and stays after a rename with an alias.",
        "identity.taken-name": "An explicit name that is taken is an error that names the object's id and how to adopt it.",
        "keys.derived": "A create's idempotency key comes from the resource's identity: an edit between crash and retry finds the first object and updates it.",
        "keys.next-key": "If a key's object is gone, used or of the wrong kind, or its operation failed, the next key is taken, a bounded number of times.",
        "keys.refused-key": "If the vendor refuses a key for other content, the content becomes part of the key, with a warning.",
        "keys.one-per-write": "An update or delete keeps one idempotency key for all retries of one write.",
        "claims.never-deleted-for-another": "An object of one resource is never deleted for another: renames without an alias, moves and forced replacement are harmless.",
        "claims.given-up-is-deleted": "An object given up by a replacement is always deleted, also with an alias, a new parent or `delete_before_replace`.",
        "claims.announced": "An object that is resumed, adopted or kept is always announced.",
        "replace.create-before-delete": "A replacement of an object creates before it deletes; if the vendor refuses that, the error suggests `delete_before_replace`.",
    },
    "Look-ups": {
        "look-up.finds": "`get_…` shows an existing object by its id or its name, and `list_…` those that the API's filters let pass, as the outputs of a resource do.",
        "look-up.missing": "A look-up that finds no object says how many exist and which names are similar; one whose name several objects have lists their ids.",
        "look-up.settings": "A look-up has the credentials of its provider, its parent's or the stack, each group from one source, in a preview as well.",
        "look-up.outputs": "The `_output` form awaits its arguments and the provider's, and is unknown while these are; the other form refuses outputs and names it.",
        "look-up.secrets": "The result of an `_output` form is a secret if a value in it is one.",
        "look-up.errors": "A look-up that fails is one text with what to do, without a traceback or a secret.",
        "look-up.few-requests": "Look-ups of one run share their connections, and by name also one list of a type, but not what has changed since.",
        "look-up.no-state": "A look-up leaves nothing in state, and writes nothing.",
        "look-up.no-delay": "A program that Pulumi ends after an error does not wait for the answers to its look-ups.",
        "look-up.mocks": "In a unit test, Pulumi's mocks answer look-ups.",
    },
    "Account settings": {
        "setting.take-over": "A create takes over what the account has, and saves the original values as a secret.",
        "setting.unknown-original": "If the account already has the program's values, the original is unknown and is never restored.",
        "setting.absent-and-empty": 'An argument that is not given is not managed; an empty one (`""`, `[]`, `{}`) is managed, and empty.',
        "setting.removed-arguments-are-cleared": "An argument that is no longer given is cleared, and one that is given later is restored to what it was before that.",
        "setting.restore": "`restore` puts back the fields that still have the program's value; it leaves the others and warns.",
        "setting.reset-and-retain": "`reset` leaves the vendor's empty state; `retain` leaves everything as it is.",
        "setting.destroy-or-fail": "A destroy does what `on_destroy` says, or fails, says how to proceed, and keeps the resource in state.",
        "setting.overruled": "`SWITCHBOARD_ON_DESTROY` overrules `on_destroy`; a bad value is an error before anything is deleted.",
        "setting.write-only": "A value that cannot be restored is refused in the preview, with the choice of `reset` and `retain`, unless it is recognisably the program's.",
        "setting.once-per-account": "Two resources for one account setting are refused in the preview.",
        "setting.gone": "A setting that someone removed leaves state with a warning; an update that finds it gone creates it again with a warning.",
    },
    "Errors and warnings": {
        "error.what-failed": "An error says which type, name and verb failed in its first line, and what to do next.",
        "error.vendor-words": "An error has the vendor's code and message with its link, and the request id.",
        "error.no-traceback": "No error has a traceback, a credential or a secret.",
        "error.refused-credentials": "A 401 says that `refresh` and `destroy` use the credentials saved by the last `pulumi up`, and mentions `--run-program`.",
        "error.our-bug": "A bug of this package says so, without a value.",
        "warning.once": "A warning stands with its resource, once in a run, and never fails the run.",
    },
    "Text from vendors": {
        "text.cut": "A vendor's text is cut first, so that its length costs nothing and no part of a secret shows at the cut.",
        "text.harmless": "Control, escape and bidirectional characters and Pulumi's colour codes in a vendor's text are made visible.",
        "text.secrets-removed": "Every secret of a call is taken out of a vendor's text, also in `refresh` and `destroy`, which see no program.",
        "text.unusual-values": "A value with unusual characters or numbers is kept in state as it is, and an answer without sense is a clean error.",
    },
    "Requests to vendors": {
        "transport.parallel": "Connections are pooled for 64 calls at once, and every request has a time limit.",
        "transport.only-to-the-vendor": "No redirect is followed, and neither `.netrc` nor cookies apply.",
        "transport.proxies-and-certificates": "Proxies and certificates of the environment are honoured; a request to this machine never uses a proxy.",
        "transport.tls": "A TLS certificate is always verified.",
        "transport.retries": "A request is repeated only where repeating is harmless, with growing pauses drawn at random; `Retry-After` is honoured.",
        "transport.rate-limit": "A 429 slows all calls of that account.",
        "transport.broken-answers": "An answer that breaks off, or is not the vendor's, is a lost answer.",
        "transport.debug-log": "`SWITCHBOARD_LOG=debug` logs method, path, status, request id and time of each request, and no secret.",
        "transport.user-agent": "The User-Agent names the package and its version.",
    },
    "Secrets": {
        "secret.outputs": "A secret argument, everything derived from it, and the saved originals are secret outputs.",
        "secret.webhook-urls": "User, password and query of a webhook URL are secret for every type.",
        "secret.nowhere-in-plain": "No secret is in plain in an output, in state, in a log, an error, the journal or a process argument.",
    },
    "Credentials and endpoint": {
        "credentials.one-source": "The secret part of the credentials comes from one source: an explicit `Provider`, else the stack's configuration, else the environment; the account SID may come from another one.",
        "credentials.missing": "If a part of the credentials is missing, the error says what is set, what is missing and where to set it.",
        "credentials.misspelled": "A name in `switchboard:` or `SWITCHBOARD_…` that resembles a setting is an error; in `twilio:` and `ultravox:` it is a warning.",
        "credentials.near-misses": "A credential in the place of another one, with a blank around it, or empty in the configuration, is an error that says what it is; no value is shown.",
        "credentials.in-plain-text": "A credential that the stack's configuration holds in plain text is a warning that says how to make it a secret.",
        "credentials.second-account": "A `Provider` gives a second account to a resource, or to the children of a component, but not to dynamic resources of the program's own.",
        "credentials.region-and-edge": "Region and edge become part of the vendor's host, and lead credentials nowhere else.",
        "endpoint.one-base-url": "`switchboard:endpoint` sends every request to one base URL, with the vendor's host as the first segment of the path.",
        "endpoint.encrypted": "An endpoint that would send credentials unencrypted to another machine is refused, unless `switchboard:allowHttp` names it.",
        "endpoint.same-account": "Port and spelling of a loopback address are not part of an account's identity.",
        "endpoint.nothing-listens": "If nothing listens at an endpoint on this machine, the error comes at once and names the command that starts the emulator.",
    },
    "The program": {
        "program.python-names": "Arguments, state and outputs have Python names at every depth; keys that belong to the user are not changed.",
        "program.typed": "Arguments and outputs are typed at every depth for mypy and pyright, and an output is what its type says: an int is an int.",
        "program.outputs-as-arguments": "An output can be an argument of another resource, whole or in part; a misspelled output, or member of one, is one line that names the right spelling.",
        "program.needs-the-engine": "A program that is run without Pulumi ends with one line that says how to run it.",
        "program.id-stays-known": "`configuration_id` stays known in the preview of an update.",
        "program.light-import": "Importing the package adds at most 30 ms to `import pulumi`, and neither pydantic nor requests.",
        "program.no-plugin-download": "No `pulumi` command tries to download a plugin for this package.",
    },
    "The provider process": {
        "process.own": "The package registers one provider of its own, which gets only its own settings and affects no other dynamic resource.",
        "process.many-calls": "Up to 256 calls run at once.",
        "process.ends": "The provider process ends with the engine, however that ends.",
        "process.state-format": "State that any release saved previews without changes, and an upgrade never shows a diff.",
        "process.plain-host": "With `SWITCHBOARD_PLAIN_HOST=1` everything still works in Pulumi's plain host.",
        "process.python-and-sdk": "Every installed Python runs the provider with the oldest and the newest SDK.",
        "process.new-type": "A new type needs only its definition and its emulator API, and behaves like the others.",
        "process.front-ends": "Another front-end can run the verbs: they return values, also for an unfinished write, and errors are texts without secrets.",
        "process.layers": "The layers of the package import only what lies below them, and the emulator shares nothing with the provider.",
    },
    "The command": {
        "command.import": "`switchboard import` writes a project whose first `pulumi up` adopts what the accounts contain, without a write at the vendors.",
        "command.import-existing": "Into an existing project `switchboard import` brings only what its stack does not manage, and it never overwrites a file.",
        "command.import-stack": "With `--stack`, `switchboard import` sets the settings of the accounts and the secrets that can be read in the stack's configuration.",
        "command.unmanaged": "`switchboard unmanaged` lists what the accounts contain and no stack manages.",
        "command.partial": "What a vendor refuses, or a type does not model or accept, is named; the rest is read, and the exit code says so.",
        "command.read-only": "The commands about live accounts only read there.",
        "command.interrupt": "One Ctrl-C ends a command about live accounts within seconds. While it reads, nothing is written; later it says what is.",
        "command.bad-input": "What a command cannot use is named with a reason and a remedy, without a traceback or a secret, and nothing is half written.",
    },
    "The emulator": {
        "emulator.ready": "The emulator is ready in less than 100 ms, prints one line with its URL, and ends with Ctrl-C.",
        "emulator.strict": "The emulator refuses what the vendor refuses, with its error bodies.",
        "emulator.vendor-descriptions": "Every route of the emulator answers as the vendor's own description says, and the vendors' own SDKs work with it.",
        "emulator.hosts-and-accounts": "The host is in the path or the Host header; any well-formed credentials are an account, or only those given with `--account`.",
        "emulator.operations": "Operations take the time, the polls and the end that were asked for.",
        "emulator.switches": "A switch chooses each answer that the vendors' documentation leaves open.",
        "emulator.faults": "A fault breaks, delays or changes the answers that were chosen.",
        "emulator.journal": "The journal has every request, without secrets, and is bounded.",
        "emulator.log": "The command shows a line for each request, without secrets, unless it is told to be quiet.",
        "emulator.control": "Control requests show, reset and disturb the emulator, and come only from admitted hosts and origins.",
    },
    "The doctor": {
        "doctor.remedies": "`switchboard doctor` says in one line for each check what it has found, and what to do about it; `--json` gives the same as data, and the exit code is 1 if there is an error.",
        "doctor.reads-only": "`switchboard doctor` sends nothing but reads.",
        "doctor.bounded": "`switchboard doctor` ends after a bounded time, without a traceback, whatever a server answers.",
        "doctor.no-secrets": "`switchboard doctor` shows no credential.",
    },
    "Make targets and documents": {
        "make.setup": "`make setup` brings the package with its tools and the Pulumi CLI, and repeats no step that is done.",
        "make.demo": "`make demo` deploys the quickstart with the real CLI, shows it, and removes and stops everything.",
        "make.check": "`make check` finds generated files that are not current.",
        "make.test-one-type": "`make test TESTS=<type>` runs the conformance tests of one type.",
        "make.soak": "`make soak` plays random edits, kills and outages, and a failed round can be repeated by its seed.",
        "make.bench": "`make bench` says of each budget whether it is kept.",
        "documents.programs": "Every program and command in the README and in docs/ works as it stands, or says why it is not run.",
        "documents.picture": "The picture in the README shows what a deployment of its program prints.",
        "documents.errors": "Every message in docs/errors.md is one that the package has.",
        "documents.settings": "Every setting is explained in docs/concepts.md.",
        "documents.examples": "Every example runs as its description says.",
        "documents.wheel": "The built wheel, installed alone, deploys a program.",
        "documents.automation-api": "A program runs under Pulumi's Automation API.",
    },
}
"""The sentences by section and key, in the order in which the documentation lists them."""

PROMISES = tuple(
    Promise(key, section, text) for section, texts in SECTIONS.items() for key, text in texts.items()
)
KEYS = frozenset(promise.key for promise in PROMISES)
