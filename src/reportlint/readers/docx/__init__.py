"""Word documents: the text as it is printed, with tables, numbering and the place of every character."""
