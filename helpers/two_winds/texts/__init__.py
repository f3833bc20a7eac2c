"""Quotations, glossary and comparison of texts."""
