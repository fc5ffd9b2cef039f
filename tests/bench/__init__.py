"""What the product does per second and how long it keeps people waiting, measured on this machine. Nothing here is a test."""
