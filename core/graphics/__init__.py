"""Pixels in memory and what is drawn on them before there is a desktop.

surface.py        a rectangle of pixels: filling, blending, text
font.py           a font that needs no file
picture_font.py   fonts from files, with smooth edges
quilt.py          the picture of the start
"""
