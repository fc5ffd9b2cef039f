"""Sealed reports: a signed record goes in, a PDF that proves itself comes out."""
