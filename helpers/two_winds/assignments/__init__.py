"""From lesson to assignment: what the command line `python -m two_winds.assignments` does.

The modules of this folder read, choose, vary and write lessons. In `authoring` stands what helps to
write them, in `grading` what turns one submission into marks, in `marks` what turns a pile into a
gradebook. Where these lean on each other, `marks` leans on `grading` and never the other way.
"""
