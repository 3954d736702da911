"""Data learnt from text: the shipped stem vectors."""
