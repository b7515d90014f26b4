"""Yousu (有诉): every appeal answered, every published figure provable."""
