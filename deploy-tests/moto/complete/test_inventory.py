"""Ansible's inventory, made from Terraform's output and EC2's answers."""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

import aws

SCRIPT = Path(__file__).resolve().parents[3] / "ansible" / "inventory" / "terraform.py"


class Inventory(unittest.TestCase):
    def setUp(self):
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(aws.outputs["deploy"], file)
            file.flush()
            environment = {**os.environ, "TRIBUTARY_DEPLOY": file.name}
            said = subprocess.run([str(SCRIPT), "--list"], text=True, capture_output=True, env=environment, check=True)
        self.assertEqual("", said.stderr)
        self.inventory = json.loads(said.stdout)

    def test_every_host_is_reached_through_the_bastion(self):
        deploy = aws.outputs["deploy"]
        hosts = self.inventory["_meta"]["hostvars"]
        self.assertEqual({"producer-1", *self.inventory["consumers"]["hosts"]}, set(hosts))
        self.assertEqual(deploy["hosts"]["producers"]["producer-1"]["address"], hosts["producer-1"]["ansible_host"])
        for name, host in hosts.items():
            self.assertIn("ProxyCommand=ssh -q -W %h:%p", host["ansible_ssh_common_args"], name)
            self.assertIn(f"ec2-user@{deploy['hosts']['bastion']['address']}", host["ansible_ssh_common_args"], name)

    def test_consumers_are_those_that_run_now(self):
        running = {
            host["InstanceId"]
            for some in aws.client("ec2").describe_instances(
                Filters=[{"Name": "tag:Name", "Values": [aws.outputs["deploy"]["hosts"]["consumer_tag"]]}]
            )["Reservations"]
            for host in some["Instances"]
        }
        self.assertEqual(running, set(self.inventory["consumers"]["hosts"]))

    def test_configurations_and_topics_are_terraforms(self):
        deploy = aws.outputs["deploy"]
        self.assertEqual(deploy["configs"]["consumer"], self.inventory["consumers"]["vars"]["consumer_daemon_config"])
        self.assertEqual(deploy["configs"]["producer"], self.inventory["producers"]["vars"]["producer_daemon_config"])
        self.assertEqual(deploy["kafka"]["topics"], self.inventory["all"]["vars"]["kafka_topics_wanted"])


if __name__ == "__main__":
    unittest.main()
