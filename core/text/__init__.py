"""Text as UTF-8 bytes: where it is written, how values become it, and back.

buffer       TextBuffer, into which everything is written
format_spec  what stands after the colon in f"{x:08x}"
format       writing numbers, truth values, text and addresses
quote        the repr() of text and bytes
utf8         validation, decoding, encoding
parse        reading integers
"""
