"""Parts of messages that several verbs share."""

CREATE_INSTEAD = "remove import_ from the resource, and a new object is created"
"""The alternative to adopting an object."""
CLEAR_PENDING = ". If Pulumi keeps warning of pending creates, run `pulumi refresh --clear-pending-creates`"
"""The end of a message about an object that an earlier run created."""
