"""The steps themselves, each named by its number and its effect."""
