"""通报: composed, reviewed, signed, frozen, published."""
