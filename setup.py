"""Which packages there are: every folder of scorekit, and three folders that are installed under a longer name."""

from pathlib import Path

from setuptools import find_packages, setup

FOLDERS = {"scorekit": "scorekit", "scorekit_plugins": "plugins", "scorekit_rubrics": "rubrics", "scorekit_samples": "samples"}


def packages() -> list[str]:
    """Every package by its import name."""
    here = Path(__file__).parent
    found = []
    for name, folder in FOLDERS.items():
        found += [name, *(f"{name}.{inner}" for inner in find_packages(str(here / folder)))]
    return sorted(found)


if __name__ == "__main__":
    setup(packages=packages(), package_dir=FOLDERS)
