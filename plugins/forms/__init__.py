"""Writers of forms."""
