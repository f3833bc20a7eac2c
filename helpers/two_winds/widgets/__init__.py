"""Widgets: controls and a picture. What is drawn and computed stands in the floors below."""
