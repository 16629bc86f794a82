"""What the module datetime is made of, apart from its classes (lib/python/library/datetime.py).

calendar.py    days by their numbers, weeks, leap years
fields.py      the parts of a moment
iso.py         times in ISO's form
formats.py     strftime
reading.py     strptime
"""
