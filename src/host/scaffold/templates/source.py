#!/usr/bin/env python3
"""Reads a post from each text file of a folder: the first line is its title, the rest its text."""

import json
import pathlib
import sys


def say(message):
    print(json.dumps(message), flush=True)


def main():
    sys.stdin.readline()  # the offer of the host: this plugin speaks version 1
    say({"hello": {
        "protocol": 1,
        "kind": "source",
        "name": "@NAME@",
        "version": "0.1.0",
        "summary": "Reads a post from each text file of a folder.",
        "options": {
            "type": "object",
            "required": ["folder"],
            "properties": {"folder": {"type": "string", "description": "The folder."}},
        },
        "wants": {"read": ["{folder}"]},
    }})
    folder = None
    for line in sys.stdin:
        request = json.loads(line)
        if request["do"] == "open":
            folder = pathlib.Path(request["options"]["folder"])
            say({"id": request["id"], "ok": {"watch": [folder.as_posix()]}})
        elif request["do"] == "scan":
            files = sorted(folder.rglob("*.txt"))
            for file in files:
                say({"id": request["id"], "item": read(file)})
            say({"id": request["id"], "ok": {"items": len(files), "faults": 0}})
        else:
            say({"id": request["id"], "error": {"message": "unknown request"}})


def read(file):
    title, _, body = file.read_text(encoding="utf-8").partition("\n")
    return {
        "path": file.as_posix(),
        "url": f"https://example.org/{file.stem}/",
        "title": title.strip(),
        "body": body,
        "format": "text",
    }


main()
