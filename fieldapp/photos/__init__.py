"""Photographs: kept byte for byte, looked at in a process of their own, never served as they came."""
