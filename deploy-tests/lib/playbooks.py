"""Ansible as an operator runs it, from one place in the network, with the inventory that Terraform's output makes."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Outcome:
    """What a playbook did: code, every task's result by host, and all that it said."""

    code: int
    results: list
    text: str

    def changed(self):
        """Names of tasks that changed something, as (host, task)."""
        return {(host, task) for host, task, result in self.results if result.get("changed")}

    def failures(self):
        """Messages of failed tasks."""
        # Of a loop the items tell, each on its own.
        failed = [result for _, _, result in self.results if result.get("failed")]
        items = [item for result in failed for item in result.get("results", []) if item.get("failed")]
        return [str(result.get("msg", result)) for result in failed + items]


class Playbooks:
    """Runs playbooks within a namespace of a lab."""

    def __init__(self, lab, namespace, deploy, user, variables, secrets):
        self.lab, self.namespace = lab, namespace
        # As they stand in JSON.
        self.secrets = [json.dumps(secret)[1:-1] for secret in secrets]
        self.variables = lab.work / "variables.json"
        self.variables.write_text(json.dumps(variables))
        file = lab.work / "deploy.json"
        file.write_text(json.dumps(deploy))
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith(("ANSIBLE_", "AWS_"))}
        self.environment |= {
            "ANSIBLE_CONFIG": str(ROOT / "ansible" / "ansible.cfg"),
            "ANSIBLE_STDOUT_CALLBACK": "json",
            "ANSIBLE_LOCAL_TEMP": str(lab.work / "ansible"),
            "ANSIBLE_SSH_CONTROL_PATH_DIR": str(lab.work / "cp"),
            "ANSIBLE_NOCOLOR": "1",
            "TRIBUTARY_DEPLOY": str(file),
            "TRIBUTARY_SSH_USER": user,
            "TRIBUTARY_SSH_KEY": str(lab.key),
            "TRIBUTARY_KNOWN_HOSTS": str(lab.work / "known_hosts"),
        }

    def run(self, name, *arguments):
        command = ["ansible-playbook", ROOT / "ansible" / name, "--extra-vars", f"@{self.variables}", *arguments]
        done = subprocess.run(
            self.lab.within(self.namespace, *command), env=self.environment, text=True, capture_output=True, check=False,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        if any(secret in done.stdout + done.stderr for secret in self.secrets):
            raise AssertionError(f"{name} {' '.join(arguments)} prints a secret")
        try:
            # Before the JSON there may be warnings.
            plays = json.loads(done.stdout[done.stdout.index("{") :])["plays"]
        except (ValueError, KeyError):
            plays = []
        results = [
            (host, task["task"]["name"], result)
            for play in plays
            for task in play["tasks"]
            for host, result in task["hosts"].items()
        ]
        return Outcome(done.returncode, results, done.stdout + done.stderr)

    def good(self, name, *arguments):
        outcome = self.run(name, *arguments)
        if outcome.code != 0:
            said = "\n".join(outcome.failures()) or outcome.text[-4000:]
            raise AssertionError(f"{name} {' '.join(arguments)}: code {outcome.code}\n{said}")
        return outcome

    def refused(self, name, *arguments):
        """A playbook that must fail; answers what it said."""
        outcome = self.run(name, *arguments)
        if outcome.code == 0:
            raise AssertionError(f"{name} {' '.join(arguments)} should have failed")
        return "\n".join(outcome.failures())
