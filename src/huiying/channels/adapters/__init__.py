"""One package per way of reaching people; each translates between its wire format and our words."""
