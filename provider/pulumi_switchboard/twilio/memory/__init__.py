"""Resources and look-ups of twilio.memory.

Generated from the definitions by `make generate`. Change the definitions, not this file.
"""

from pulumi_switchboard.twilio.memory.store import GetStoreResult as GetStoreResult
from pulumi_switchboard.twilio.memory.store import Store as Store
from pulumi_switchboard.twilio.memory.store import get_store as get_store
from pulumi_switchboard.twilio.memory.store import get_store_output as get_store_output
from pulumi_switchboard.twilio.memory.store import list_stores as list_stores
from pulumi_switchboard.twilio.memory.store import list_stores_output as list_stores_output

__all__ = ["GetStoreResult", "Store", "get_store", "get_store_output", "list_stores", "list_stores_output"]
