"""The generated reference: one module a page, each a function from nothing to the page's Markdown."""
