"""`python -m pulumi_switchboard.cli` is the same as `switchboard`."""

from pulumi_switchboard.cli import main

main()
