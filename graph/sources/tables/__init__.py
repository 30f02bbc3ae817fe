"""Registers: tables of meetings as sources."""
