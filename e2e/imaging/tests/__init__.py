"""The tests of this package: they need no root, no network and no cluster."""
