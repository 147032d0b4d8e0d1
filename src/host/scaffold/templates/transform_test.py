#!/usr/bin/env python3
"""Tests the plugin @NAME@: starts it, sends it posts, and compares the answers. Run it with python3."""

import json
import pathlib
import subprocess
import unittest

PLUGIN = pathlib.Path(__file__).resolve().with_name("syndicate-plugin-@NAME@")


class TransformTest(unittest.TestCase):
    def test_posts_with_tag_stay(self):
        requests = [
            {"id": 2, "do": "transform", "item": {"id": "a", "tags": ["rust", "web"]}},
            {"id": 3, "do": "transform", "item": {"id": "b"}},
        ]
        hello, opened, kept, skipped = ask({"tag": "rust"}, *requests)
        self.assertEqual(hello["hello"]["protocol"], 1)
        self.assertEqual(opened, {"id": 1, "ok": {}})
        self.assertEqual(kept, {"id": 2, "ok": {}})
        self.assertEqual(skipped, {"id": 3, "ok": {"skip": "it has no tag rust"}})


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
