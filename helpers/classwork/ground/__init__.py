"""What everything stands on: errors in plain words, CSV as text, files written atomically."""
