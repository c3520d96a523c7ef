"""Checks the set-up: programs, settings, network, and what the accounts let the credentials read.

Nothing here writes anything: the only requests are GETs.
"""
