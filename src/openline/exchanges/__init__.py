"""Conversations with states; each is folded from its entries in canonical order and knows no other."""
