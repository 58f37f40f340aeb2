"""The living journey: from counts of what customers did to what jams, what is out of the ordinary, and who comes back.

Files become counts (`counts`), counts become findings (`found`), findings make skills urgent. Nothing here reads a
file, and nothing keeps a customer: only how many did what, on which day, in which segment.
"""
