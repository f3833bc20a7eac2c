"""From a submitted notebook to marks."""
