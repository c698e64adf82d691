"""Płatności (model FK): the page, its sub-pages, and what one does on them (docs/domain.md §7)."""
