"""Reading the figures of a sentence: its words are held once, by the lesson that prints them."""

import re


def figures_in(sentence):
    """Return the numbers of a sentence, in order."""
    return [float(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", sentence)]
