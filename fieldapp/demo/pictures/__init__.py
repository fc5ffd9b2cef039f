"""The drawn scenes that stand for photographs: plausible, invented, the same at every start."""
