"""Lessons as exercises: what stands in a notebook under which tag."""
