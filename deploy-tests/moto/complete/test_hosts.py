import base64
import json
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from aws import client, deploy, name

ROOT = Path(__file__).resolve().parents[3]


def jar(program):
    return ROOT / program / "target" / f"{program}.jar"


def built(program):
    return jar(program).is_file() and shutil.which("java")


def checked(program, config):
    """What a daemon says of a configuration: its code, and what it printed."""
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as file:
        json.dump(config, file)
        file.flush()
        command = ["java", "-jar", str(jar(program)), "--config", file.name, "--check"]
        done = subprocess.run(command, text=True, capture_output=True, check=False)
    return done.returncode, done.stdout + done.stderr


class Consumers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        group = deploy()["hosts"]["autoscaling_group"]
        cls.group = client("autoscaling").describe_auto_scaling_groups(AutoScalingGroupNames=[group])["AutoScalingGroups"][0]
        template = client("ec2").describe_launch_template_versions(LaunchTemplateName=f"{name()}-consumer")
        cls.template = template["LaunchTemplateVersions"][-1]["LaunchTemplateData"]

    def test_they_are_two_to_four_in_three_zones(self):
        self.assertEqual((self.group["MinSize"], self.group["MaxSize"]), (2, 4))
        self.assertEqual(len(self.group["VPCZoneIdentifier"].split(",")), 3)

    def test_their_metadata_wants_a_token_and_their_disks_are_encrypted(self):
        self.assertEqual(self.template["MetadataOptions"]["HttpTokens"], "required")
        self.assertTrue(all(disk["Ebs"]["Encrypted"] for disk in self.template["BlockDeviceMappings"]))

    def test_they_are_born_with_their_configuration(self):
        boot = base64.b64decode(self.template["UserData"]).decode()
        self.assertTrue(boot.startswith("#cloud-config\n"))
        self.assertIn("/etc/tributary/consumer.conf", boot)
        self.assertIn(json.dumps(deploy()["kafka"]["bootstrap_servers"][0])[1:-1], boot)
        self.assertIn("/opt/aws/amazon-cloudwatch-agent/etc/amazon-cloudwatch-agent.json", boot)
        self.assertIn(deploy()["logs"]["consumer"], boot)

    @unittest.skipUnless(built("consumer-daemon"), "consumer-daemon.jar is not built")
    def test_the_daemon_itself_finds_that_configuration_good(self):
        code, said = checked("consumer-daemon", deploy()["configs"]["consumer"])
        self.assertEqual(code, 0, said)

    def test_they_follow_the_lag_of_each_topic(self):
        alarms = {alarm["AlarmName"]: alarm for alarm in client("cloudwatch").describe_alarms()["MetricAlarms"]}
        more = alarms[f"{name()}-consumer-more"]
        topics = {
            dimension["Value"]
            for query in more["Metrics"]
            if "MetricStat" in query
            for dimension in query["MetricStat"]["Metric"]["Dimensions"]
            if dimension["Name"] == "Topic"
        }
        self.assertEqual(topics, {"gauges", "orders.eu"})
        policies = client("autoscaling").describe_policies(AutoScalingGroupName=self.group["AutoScalingGroupName"])
        steps = {
            policy["PolicyName"]: sorted(step["ScalingAdjustment"] for step in policy["StepAdjustments"])
            for policy in policies["ScalingPolicies"]
        }
        self.assertEqual(steps, {f"{name()}-consumer-more": [1, 2], f"{name()}-consumer-fewer": [-1]})
        for policy in policies["ScalingPolicies"]:
            self.assertEqual(alarms[policy["PolicyName"]]["AlarmActions"], [policy["PolicyARN"]])


class Producers(unittest.TestCase):
    @unittest.skipUnless(built("producer-daemon"), "producer-daemon.jar is not built")
    def test_the_daemon_finds_its_configuration_good_with_a_source_and_a_topic(self):
        source = {"name": "gauges", "paths": [f"s3://{deploy()['buckets']['data']}/sources/"]}
        code, said = checked("producer-daemon", {**deploy()["configs"]["producer"], "source": source, "topic": "gauges"})
        self.assertEqual(code, 0, said)


class Hosts(unittest.TestCase):
    def test_producers_and_the_bastion_want_a_token_for_their_metadata(self):
        ids = [host["id"] for host in deploy()["hosts"]["producers"].values()] + [deploy()["hosts"]["bastion"]["id"]]
        hosts = [host for one in client("ec2").describe_instances(InstanceIds=ids)["Reservations"] for host in one["Instances"]]
        self.assertEqual(len(hosts), 2)
        for host in hosts:
            self.assertEqual(host["MetadataOptions"]["HttpTokens"], "required", host["InstanceId"])

    def test_each_has_the_role_of_its_program(self):
        profiles = client("iam").list_instance_profiles()["InstanceProfiles"]
        self.assertEqual(
            {profile["InstanceProfileName"]: [role["RoleName"] for role in profile["Roles"]] for profile in profiles},
            {f"{name()}-{program}": [f"{name()}-{program}"] for program in ("bastion", "consumer", "producer")},
        )
