"""Terraform on a copy of the tree, with a configuration of its own: nothing of the user's is read or written."""

import glob
import os
import shutil
import subprocess
from pathlib import Path

from skip import skip

ROOT = Path(__file__).resolve().parents[2]
# Where a filesystem mirror of providers usually is, beside what TRIBUTARY_TERRAFORM_MIRROR names.
USUAL = ("~/.terraform.d/plugins", "/usr/local/share/terraform/plugins", "/usr/share/terraform/plugins", "/opt/*")
# What is the provider's on moto only: objects are addressed by path, and nobody asks the instance who it is.
PROVIDER = """
provider "aws" {
  s3_use_path_style           = true
  skip_metadata_api_check     = true
  skip_credentials_validation = true
  max_retries                 = 2
}
"""


class Failed(Exception):
    """A command of Terraform's that did not end well."""


def mirror():
    """A filesystem mirror with the provider; None where there is none."""
    named = os.environ.get("TRIBUTARY_TERRAFORM_MIRROR")
    for pattern in [named] if named else USUAL:
        for folder in sorted(glob.glob(os.path.expanduser(pattern))):
            # HOST/NAMESPACE/TYPE
            if glob.glob(f"{folder}/*/hashicorp/aws"):
                return folder
    return None


class Terraform:
    """Runs it in a copy of terraform/ and what that reads, under a folder that the caller removes."""

    def __init__(self, work, environment=None):
        if not shutil.which("terraform"):
            skip("terraform is not installed")
        self.tree = Path(work) / "tree"
        for part in ("terraform", "athena", "ansible"):
            shutil.copytree(ROOT / part, self.tree / part, ignore=shutil.ignore_patterns(".terraform*", "*.tfstate*"))
        config = Path(work) / "cli.tfrc"
        found = mirror()
        # With a mirror nothing is asked of the registry.
        source = f'  filesystem_mirror {{ path = "{found}" }}\n' if found else "  direct {}\n"
        config.write_text(f"disable_checkpoint = true\nprovider_installation {{\n{source}}}\n")
        self.mirrored = found is not None
        # Nor does what the user has set for Terraform and AWS count.
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith(("TF_", "AWS_"))}
        self.environment |= {"TF_CLI_CONFIG_FILE": str(config), "TF_IN_AUTOMATION": "1", "TF_INPUT": "0"}
        self.environment |= environment or {}

    def folder(self, path):
        return self.tree / "terraform" / path

    def on_moto(self, path):
        """Makes a folder's configuration one for moto, and answers the folder."""
        (self.folder(path) / "moto_override.tf").write_text(PROVIDER)
        return self.folder(path)

    def run(self, path, *arguments, allowed=(0,), quiet=True):
        """Runs a command in a folder of terraform/ and answers its output and code."""
        command = ["terraform", *arguments]
        if arguments[0] not in ("fmt", "show", "output"):
            command.append("-no-color")
        done = subprocess.run(
            command, cwd=self.folder(path), env=self.environment, text=True, capture_output=True, check=False
        )
        if done.returncode not in allowed:
            raise Failed(f"terraform {' '.join(arguments)} in {path}: code {done.returncode}\n{done.stdout}{done.stderr}")
        if not quiet:
            print(done.stdout, end="", flush=True)
        return done

    def init(self, path):
        try:
            self.run(path, "init", "-backend=false" if path.startswith("modules") else "-reconfigure")
        except Failed as failure:
            if not self.mirrored and "Failed to query available provider packages" in str(failure):
                skip("the provider hashicorp/aws is in no mirror (TRIBUTARY_TERRAFORM_MIRROR) and its registry does not answer")
            raise
