"""Makers of documents: one report as Word files, web pages, workbooks, PDF and text, as offices would make them."""
