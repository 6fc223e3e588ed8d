"""Where the repository and the cache are, and what the environment asks for."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Settings:
    repository: Path
    cache: Path
    """The folder that has `images`, `cluster` and `contenders` in it."""
    operator_tag: str
    java_homes: tuple[str, ...]
    """Where a JDK is looked for first."""
    root: bool
    """Whether this process may mount and chroot."""

    @classmethod
    def of_environment(cls, environment: Mapping[str, str]) -> Settings:
        default = Path(
            environment.get("XDG_CACHE_HOME") or Path(environment.get("HOME") or Path.home(), ".cache"), "sluice"
        )
        return cls(
            repository=REPOSITORY,
            cache=Path(environment.get("SLUICE_CACHE") or default).absolute(),
            operator_tag=environment.get("SLUICE_VERSION") or "dev",
            java_homes=tuple(home for home in (environment.get("JDK25_HOME"), environment.get("JAVA_HOME")) if home),
            root=os.geteuid() == 0,
        )

    @property
    def e2e(self) -> Path:
        return self.repository / "e2e"
