#!/usr/bin/env python3
"""Tests the plugin @NAME@: starts it, sends it a post, and compares the request. Run it with python3."""

import json
import pathlib
import subprocess
import unittest

PLUGIN = pathlib.Path(__file__).resolve().with_name("syndicate-plugin-@NAME@")


class SinkTest(unittest.TestCase):
    def test_post_becomes_one_request(self):
        compose = {"do": "compose", "post": {"text": "A \"title\""}, "server_info": {}}
        hello, opened, limits, first, again = ask(
            {"site": "https://example.org"},
            {"id": 2, "do": "limits", "server_info": {}},
            {"id": 3, **compose},
            {"id": 4, **compose},
        )
        self.assertEqual(hello["hello"]["protocol"], 1)
        self.assertEqual(opened, {"id": 1, "ok": {}})
        self.assertEqual(limits["ok"]["text"][0]["limit"], 500)
        [step] = first["ok"]["steps"]
        self.assertEqual(step["request"]["json"], {"text": "A \"title\""})
        self.assertEqual(first["ok"], again["ok"])


def ask(options, *requests):
    """Returns the answers of a new process, which ends with its input."""
    hello = {"hello": {"protocol": [1, 1], "host": "test"}}
    opening = {"id": 1, "do": "open", "name": "test", "options": options, "root": "/"}
    lines = "".join(json.dumps(message, separators=(",", ":")) + "\n" for message in (hello, opening, *requests))
    done = subprocess.run(
        [PLUGIN], input=lines, capture_output=True, text=True, timeout=60, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


unittest.main()
