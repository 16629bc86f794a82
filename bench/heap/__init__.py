"""The heap of programs against the host's malloc: `./patchwork bench heap`.

ring.py, ring.c    objects of two sizes that replace each other at random, in both languages
"""
