"""Regular expressions: what `re` compiles a pattern to, and the matcher that runs it.

program.py    the instructions
classes.py    sets of characters
parser.py     from the text of a pattern to instructions
matcher.py    from instructions and a text to the places of the groups
"""
