"""Signs or verifies a webhook with the library of Standard Webhooks (`standardwebhooks` from PyPI). Reads a
JSON object from standard input and prints one.

    python3 standard_webhooks.py sign   < {"secret", "id", "timestamp", "body"}
    python3 standard_webhooks.py verify < {"secret", "id", "timestamp", "signature", "body"}

`sign` prints {"signature"}. `verify` prints {"error"}, which is null if the signature is valid and the
timestamp is within five minutes of the time.
"""

import json
import sys
from datetime import datetime, timezone

from standardwebhooks import Webhook, WebhookVerificationError

call = json.load(sys.stdin)
webhook = Webhook(call["secret"])
if sys.argv[1] == "sign":
    time = datetime.fromtimestamp(int(call["timestamp"]), timezone.utc)
    print(json.dumps({"signature": webhook.sign(call["id"], time, call["body"])}))
else:
    headers = {f"webhook-{name}": call[name] for name in ("id", "timestamp", "signature")}
    error = None
    try:
        webhook.verify(call["body"], headers, json_parse=False)
    except WebhookVerificationError as refusal:
        error = str(refusal)
    print(json.dumps({"error": error}))
