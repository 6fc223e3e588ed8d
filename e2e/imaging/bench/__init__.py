"""Measures what the images do: the runner beside other tools, the operator at scale, the init container."""
