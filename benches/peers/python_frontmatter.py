"""python_frontmatter.py FOLDER: reads the front matter of every post and renders it."""

import os
import sys

import frontmatter
import markdown

characters = 0
for folder, _, files in os.walk(sys.argv[1]):
    for name in files:
        if name.endswith(".md"):
            post = frontmatter.load(os.path.join(folder, name))
            characters += len(markdown.markdown(post.content)) + len(post["title"])
print(characters)
