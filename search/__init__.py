"""Izde's search library."""
