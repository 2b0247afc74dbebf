"""What helps people: frequent questions, the user manual, and the API guide with samples in five languages.

It belongs to the composition root, since it tells about every app and no app may know it.
"""
