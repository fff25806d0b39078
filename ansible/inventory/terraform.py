#!/usr/bin/env python3
"""Ansible's inventory from `terraform output -json deploy`: hosts, the way to them, their configurations.

Environment:
  TRIBUTARY_DEPLOY        the output as a file; default: deploy.json in the example's folder
  TRIBUTARY_SSH_USER      on the hosts and the bastion; default: ec2-user
  TRIBUTARY_SSH_KEY       the private key; default: what ssh finds
  TRIBUTARY_KNOWN_HOSTS   default: what ssh uses
"""

import json
import os
import shlex
import sys
from pathlib import Path

USUAL = Path(__file__).resolve().parents[2] / "terraform" / "examples" / "complete" / "deploy.json"
NEEDED = {
    "": ("region", "hosts", "kafka", "metrics", "logs", "configs"),
    "hosts": ("bastion", "producers"),
    "kafka": ("bootstrap_servers", "client", "topics", "topics_role_arn"),
    "metrics": ("environment", "agent_namespace"),
    "logs": ("system", "producer", "consumer"),
    "configs": ("producer", "consumer"),
}


def lacking(deploy):
    """Names of what the file has not, though playbooks need it."""
    for section, keys in NEEDED.items():
        there = deploy.get(section, dict.fromkeys(keys)) if section else deploy
        yield from (f"{section}.{key}".lstrip(".") for key in keys if not isinstance(there, dict) or key not in there)


def consumers(deploy):
    """Consumers come and go: EC2 is asked for those of this moment where boto3 is installed and answers."""
    known = deploy["hosts"].get("consumers", {})
    tag = deploy["hosts"].get("consumer_tag")
    if not tag:
        return known
    try:
        import boto3

        pages = boto3.client("ec2", region_name=deploy["region"]).get_paginator("describe_instances").paginate(
            Filters=[{"Name": "tag:Name", "Values": [tag]}, {"Name": "instance-state-name", "Values": ["running"]}]
        )
        found = [host for page in pages for some in page["Reservations"] for host in some["Instances"]]
        if not found:
            where = f"in {deploy['region']} EC2 has no running host whose tag Name is {tag}"
            print(f"the group consumers is empty, and nothing is done there: {where}; is this the right account?", file=sys.stderr)
        return {host["InstanceId"]: {"id": host["InstanceId"], "address": host["PrivateIpAddress"]} for host in found}
    except Exception as unanswered:  # whatever boto3 raises: the file is second best
        print(f"consumers are those that Terraform saw last; EC2 was not asked: {unanswered}", file=sys.stderr)
        return known


def ssh_options(alias):
    """For a host and for the bastion alike. Addresses are used again by other hosts: keys go by the instance's id."""
    options = ["-o", "StrictHostKeyChecking=accept-new", "-o", f"HostKeyAlias={alias}"]
    for variable, option in (("TRIBUTARY_SSH_KEY", "IdentityFile"), ("TRIBUTARY_KNOWN_HOSTS", "UserKnownHostsFile")):
        if os.environ.get(variable):
            options += ["-o", f"{option}={os.environ[variable]}"]
    return options


def way(host, bastion, user):
    """Through the bastion, and no other way."""
    jump = ["ssh", "-q", "-W", "%h:%p", *ssh_options(bastion["id"]), f"{user}@{bastion['address']}"]
    proxy = " ".join(shlex.quote(word) for word in jump)
    return " ".join(shlex.quote(word) for word in [*ssh_options(host["id"]), "-o", f"ProxyCommand={proxy}"])


def inventory(deploy):
    user = os.environ.get("TRIBUTARY_SSH_USER", "ec2-user")
    bastion = deploy["hosts"]["bastion"]
    groups = {"producers": deploy["hosts"].get("producers", {}), "consumers": consumers(deploy)}
    hostvars = {}
    for hosts in groups.values():
        for name, host in hosts.items():
            hostvars[name] = {"ansible_host": host["address"], "ansible_ssh_common_args": way(host, bastion, user)}
    kafka = deploy["kafka"]
    return {
        "_meta": {"hostvars": hostvars},
        "all": {
            "vars": {
                "ansible_user": user,
                "cloudwatch_agent_environment": deploy["metrics"]["environment"],
                "cloudwatch_agent_namespace": deploy["metrics"]["agent_namespace"],
                "cloudwatch_agent_region": deploy["region"],
                "cloudwatch_agent_system_log_group": deploy["logs"]["system"],
                "kafka_topics_bootstrap_servers": kafka["bootstrap_servers"],
                "kafka_topics_client": kafka["client"],
                "kafka_topics_role_arn": kafka["topics_role_arn"],
                "kafka_topics_wanted": kafka["topics"],
            }
        },
        "producers": {
            "hosts": list(groups["producers"]),
            "vars": {
                "producer_daemon_config": deploy["configs"]["producer"],
                "cloudwatch_agent_log_group": deploy["logs"]["producer"],
            },
        },
        "consumers": {
            "hosts": list(groups["consumers"]),
            "vars": {
                "consumer_daemon_config": deploy["configs"]["consumer"],
                "cloudwatch_agent_log_group": deploy["logs"]["consumer"],
            },
        },
    }


def main():
    file = Path(os.environ.get("TRIBUTARY_DEPLOY", USUAL))
    how = f"terraform output -json deploy > {file.name}, or TRIBUTARY_DEPLOY"
    try:
        deploy = json.loads(file.read_text())
    except FileNotFoundError:
        return refused(f"{file} is not there: {how}")
    except ValueError as unread:
        return refused(f"{file} is not JSON ({unread}): {how}")
    lacks = list(lacking(deploy)) if isinstance(deploy, dict) else ["all of it"]
    if lacks:
        return refused(f"{file} lacks {', '.join(lacks)}: {how}")
    print(json.dumps(inventory(deploy) if sys.argv[1:2] != ["--host"] else {}, indent=2))
    return 0


def refused(why):
    print(why, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
