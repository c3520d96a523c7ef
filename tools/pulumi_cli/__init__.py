"""Provides the `pulumi` command and its Python hosts in `.tools/bin`.

The programs come from the first of three sources that has them: PATH, the vendor's installer, a build with Go
from the public Go modules. What had to be fetched or built is kept in the user's cache directory.
`PULUMI_CLI_SOURCE=path`, `installer` or `go` admits one source only.

It runs on the standard library alone, before any environment exists.
"""
