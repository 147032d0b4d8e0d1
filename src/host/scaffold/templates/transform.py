#!/usr/bin/env python3
"""Keeps the posts with a tag and skips all others."""

import json
import sys


def say(message):
    print(json.dumps(message), flush=True)


def main():
    sys.stdin.readline()  # the offer of the host: this plugin speaks version 1
    say({"hello": {
        "protocol": 1,
        "kind": "transform",
        "name": "@NAME@",
        "version": "0.1.0",
        "summary": "Keeps the posts with a tag.",
        "options": {
            "type": "object",
            "required": ["tag"],
            "properties": {"tag": {"type": "string", "description": "The tag."}},
        },
        "needs": ["tags"],
    }})
    tag = None
    for line in sys.stdin:
        request = json.loads(line)
        if request["do"] == "open":
            tag = request["options"]["tag"]
            say({"id": request["id"], "ok": {}})
        elif request["do"] == "transform":
            say({"id": request["id"], "ok": change(request["item"], tag)})
        else:
            say({"id": request["id"], "error": {"message": "unknown request"}})


def change(item, tag):
    if tag in item.get("tags", []):
        return {}  # or {"patch": {"title": "…"}}
    return {"skip": f"it has no tag {tag}"}


main()
