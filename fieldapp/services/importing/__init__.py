"""Importing files of the landlord's own: read line by line, compared with what is here, written whole or not at all."""
