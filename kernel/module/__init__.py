"""Modules: parts of the kernel that it does not know about until they are there.

linked.py   modules that are part of the image, and attaching them to devices
"""
