"""Packer, on a copy of what it reads, without the file that Debian's version does not know."""

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Packer:
    """Runs it below a folder that the caller removes."""

    def __init__(self, work, prefix=()):
        self.tree = Path(work) / "packer-tree"
        self.prefix = list(prefix)
        for part in ("packer", "ansible", "systemd"):
            shutil.copytree(ROOT / part, self.tree / part)
        self.folder = self.tree / "packer"
        # Versions from 1.7 on look for plugins by it; an older one stops at it.
        if self.version() < (1, 7):
            (self.folder / "plugins.pkr.hcl").unlink()
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith(("PKR_", "AWS_", "ANSIBLE_"))}
        self.environment |= {
            "CHECKPOINT_DISABLE": "1",
            "PACKER_CONFIG_DIR": str(work),
            "PACKER_CACHE_DIR": f"{work}/packer-cache",
            "ANSIBLE_LOCAL_TEMP": f"{work}/packer-ansible",
        }

    @staticmethod
    def version():
        said = subprocess.run(["packer", "version"], text=True, capture_output=True, check=True).stdout
        return tuple(int(part) for part in said.split()[1].lstrip("v").split(".")[:2])

    def run(self, *arguments, environment=None, log=None):
        """Answers code and output."""
        done = subprocess.run(
            [*self.prefix, "packer", *map(str, arguments), "."], cwd=self.folder, text=True, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, env=self.environment | (environment or {}), check=False,
        )  # fmt: skip
        if log:
            Path(log).write_text(done.stdout)
        return done.returncode, done.stdout


def jars():
    """Where the programs lie, as variables of the roles; None if they are not built."""
    found = {name: ROOT / name / "target" / f"{name}.jar" for name in ("producer-daemon", "consumer-daemon")}
    if not all(jar.is_file() for jar in found.values()):
        return None
    return {name.replace("-", "_") + "_jar": str(jar) for name, jar in found.items()}


def jar_arguments():
    """The same as arguments of ansible-playbook."""
    return [word for name, jar in jars().items() for word in ("-e", f"{name}={jar}")]
