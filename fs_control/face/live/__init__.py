"""`fs-control live`: a wallboard, as lines of a page (cells, page), as keys and a screen (keys, wallboard)."""
