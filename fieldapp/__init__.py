"""Sales visits and inventories of fixtures, made offline on a tablet and sealed by the office."""

__version__ = "0.1.0"
