#!/usr/bin/env python3
"""Tests the plugin @NAME@: starts it, asks it for its posts, and compares the answers. Run it with python3."""

import json
import pathlib
import subprocess
import tempfile
import unittest

PLUGIN = pathlib.Path(__file__).resolve().with_name("syndicate-plugin-@NAME@")


class SourceTest(unittest.TestCase):
    def test_posts_are_read(self):
        with tempfile.TemporaryDirectory() as root:
            folder = pathlib.Path(root, "notes")
            folder.mkdir()
            folder.joinpath("first.txt").write_text("A title\nA text.\n", encoding="utf-8")
            answers = ask(root, {"folder": "notes"}, {"id": 2, "do": "scan"})
        hello, opened, item, end = answers
        self.assertEqual(hello["hello"]["protocol"], 1)
        self.assertEqual(opened, {"id": 1, "ok": {"watch": ["notes"]}})
        self.assertEqual(item["item"]["path"], "notes/first.txt")
        self.assertEqual(item["item"]["title"], "A title")
        self.assertEqual(end, {"id": 2, "ok": {"items": 1, "faults": 0}})


def ask(root, options, *requests):
    """Returns the answers of a new process, which ends with its input."""
    hello = {"hello": {"protocol": [1, 1], "host": "test"}}
    opening = {"id": 1, "do": "open", "name": "test", "options": options, "root": root}
    lines = "".join(json.dumps(message) + "\n" for message in (hello, opening, *requests))
    done = subprocess.run(
        [PLUGIN], input=lines, capture_output=True, text=True, cwd=root, timeout=60, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


unittest.main()
