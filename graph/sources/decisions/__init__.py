"""Decisions about identity: ``decisions/identity.yaml``, which people write, or a program for them."""
