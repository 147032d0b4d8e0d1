#!/usr/bin/env python3
"""Publishes posts on a server that takes them as JSON. Adapt `compose` to the API of yours."""

import json
import sys


def say(message):
    print(json.dumps(message), flush=True)


def main():
    sys.stdin.readline()  # the offer of the host: this plugin speaks version 1
    say({"hello": {
        "protocol": 1,
        "kind": "sink",
        "name": "@NAME@",
        "version": "0.1.0",
        "summary": "Publishes posts on a server.",
        "endpoint": "{site}/api",
        "options": {
            "type": "object",
            "required": ["site"],
            "properties": {"site": {"type": "string", "description": "The address of the server."}},
        },
        # The host adds the token to requests to the server. The plugin never gets it.
        "wants": {"secrets": {"token": ["{site}"]}},
        "auth": [{"kind": "bearer", "secret": "token"}],
        "template": "{{title}}\n\n{{link}}",
    }})
    for line in sys.stdin:
        request = json.loads(line)
        if "cancel" in request:
            continue
        if request["do"] == "open":
            say({"id": request["id"], "ok": {}})
        elif request["do"] == "limits":
            say({"id": request["id"], "ok": {"text": [{"count": "code_points", "limit": 500}]}})
        elif request["do"] == "compose":
            say({"id": request["id"], "ok": compose(request["post"])})
        else:
            say({"id": request["id"], "error": {"message": "unknown request"}})


def compose(post):
    """Returns the requests for a post: always the same for the same post."""
    return {"steps": [{
        "name": "post",
        "role": "create",
        "request": {"method": "POST", "path": ["posts"], "json": {"text": post["text"]}},
        "answers": [
            {"status": 201, "is": "sent", "receipt": {"id": "/id", "url": "/url"}},
            {"status": 401, "at": "/error", "is": "unauthorized", "say": "/error"},
            {"status": 422, "at": "/error", "is": "rejected", "say": "/error"},
        ],
    }]}


main()
