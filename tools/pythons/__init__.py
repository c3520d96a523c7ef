"""What `make pythons` does: an environment for each pair of a Python and a Pulumi SDK that is supported.

The Pythons are those of 3.10 to 3.13 that this machine has, the SDKs the oldest and the newest. Where there
is a Python 3.14, it is tested with the newest SDK. The tests over gRPC start the provider process of each.
"""
