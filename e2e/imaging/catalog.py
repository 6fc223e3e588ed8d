"""All images, by name."""

from __future__ import annotations

from imaging.archive_cache import ArchiveCache
from imaging.image_definition import Image
from imaging.postgres_image import PostgresImage
from imaging.programs import Failure
from imaging.settings import Settings
from imaging.sluice_images import BaseImage, OperatorImage, RunnerImage
from imaging.tool_images import DrizzleKit, GolangMigrate, JavaTool
from imaging.wait_image import WaitImage

DEFAULT = ["base", "operator", "runner", "wait", "postgres"]


def images(settings: Settings, cache: ArchiveCache) -> dict[str, Image]:
    base, postgres = BaseImage(settings), PostgresImage(settings)
    every = [
        base,
        OperatorImage(settings, cache, base),
        RunnerImage(settings, cache, base, postgres),
        WaitImage(settings),
        postgres,
        JavaTool(settings, "flyway", "/opt/flyway"),
        JavaTool(settings, "liquibase", "/liquibase"),
        GolangMigrate(settings),
        DrizzleKit(settings),
    ]
    return {image.name: image for image in every}


def choose(images: dict[str, Image], names: list[str]) -> list[Image]:
    """The images of these names, in their order; without names the default ones."""
    for name in names:
        if name not in images:
            raise Failure(f"no such image: {name} (there are {', '.join(images)})")
    return [images[name] for name in names or DEFAULT]
