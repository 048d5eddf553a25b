"""What each audience sees of a shop, as frozen values. Pure: knows no html and no languages."""
