#!/usr/bin/python
"""Makes the topics that are missing, with Kafka's own tools; tells of those that differ and leaves them alone."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile

from ansible.module_utils.basic import AnsibleModule

DOCUMENTATION = r"""
module: kafka_topics
short_description: Makes missing topics and tells of topics that differ
options:
  tools:
    description: Kafka's folder, with bin/kafka-topics.sh and bin/kafka-configs.sh.
    type: path
    required: true
  bootstrap_servers:
    description: Brokers to begin with, host:port.
    type: list
    elements: str
    required: true
  client:
    description: Properties of the client, such as security.protocol.
    type: dict
    default: {}
  topics:
    description: The topics there must be.
    type: list
    elements: dict
    required: true
    suboptions:
      name: {type: str, required: true, description: The name.}
      partitions: {type: int, required: true, description: How many partitions.}
      replication_factor: {type: int, required: true, description: How many copies.}
      config: {type: dict, default: {}, description: Settings.}
"""

RETURN = r"""
created:
  description: Topics that were made, or in check mode would be.
  type: list
  returned: always
differences:
  description: What is otherwise than it should be, one line each.
  type: list
  returned: always
"""

SETTING = re.compile(r"^\s+(\S+?)=(.*) sensitive=(?:true|false) synonyms=")


class Tools:
    """Kafka's scripts, as one client."""

    def __init__(self, module, properties):
        self.module = module
        self.common = ["--bootstrap-server", ",".join(module.params["bootstrap_servers"]), "--command-config", properties]

    def run(self, script, *arguments):
        path = os.path.join(self.module.params["tools"], "bin", script)
        try:
            done = subprocess.run([path, *self.common, *arguments], capture_output=True, text=True, check=False)
        except OSError as missing:
            self.module.fail_json(msg=f"{path} cannot be run ({missing}): expected Kafka's tools in `tools`")
        if done.returncode != 0:
            said = (done.stderr.strip() or done.stdout.strip())[-1500:]
            self.module.fail_json(msg=f"{script} {' '.join(arguments[:3])} ended with code {done.returncode}: {said}")
        return done.stdout

    def names(self):
        return set(self.run("kafka-topics.sh", "--list").split())

    def shape(self, name):
        """Partitions and copies."""
        said = self.run("kafka-topics.sh", "--describe", "--topic", name)
        return tuple(int(re.search(rf"{word}:\s*(\d+)", said).group(1)) for word in ("PartitionCount", "ReplicationFactor"))

    def settings(self, name):
        said = self.run("kafka-configs.sh", "--describe", "--all", "--entity-type", "topics", "--entity-name", name)
        return dict(match.groups() for match in map(SETTING.match, said.splitlines()) if match)

    def create(self, topic):
        configs = [word for key, value in sorted(topic["config"].items()) for word in ("--config", f"{key}={value}")]
        self.run(
            "kafka-topics.sh", "--create", "--topic", topic["name"], "--partitions", str(topic["partitions"]),
            "--replication-factor", str(topic["replication_factor"]), *configs,
        )  # fmt: skip


def differences(tools, topic):
    name = topic["name"]
    partitions, copies = tools.shape(name)
    if partitions != topic["partitions"]:
        yield f"{name}: {partitions} partitions, expected {topic['partitions']}"
    if copies != topic["replication_factor"]:
        yield f"{name}: {copies} copies, expected {topic['replication_factor']}"
    settings = tools.settings(name)
    for key, value in sorted(topic["config"].items()):
        if settings.get(key) != str(value):
            yield f"{name}: {key} is {settings.get(key, 'not known')}, expected {value}"


def work(module, properties):
    tools = Tools(module, properties)
    there = tools.names()
    created, differing = [], []
    for topic in module.params["topics"]:
        if topic["name"] in there:
            differing += differences(tools, topic)
            continue
        if not module.check_mode:
            tools.create(topic)
        created.append(topic["name"])
    module.exit_json(changed=bool(created), created=created, differences=differing)


def main():
    topic = {
        "name": {"type": "str", "required": True},
        "partitions": {"type": "int", "required": True},
        "replication_factor": {"type": "int", "required": True},
        "config": {"type": "dict", "default": {}},
    }
    module = AnsibleModule(
        argument_spec={
            "tools": {"type": "path", "required": True},
            "bootstrap_servers": {"type": "list", "elements": "str", "required": True},
            "client": {"type": "dict", "default": {}, "no_log": True},
            "topics": {"type": "list", "elements": "dict", "required": True, "options": topic},
        },
        supports_check_mode=True,
    )
    # It may hold a password: ours alone, and gone afterwards.
    with tempfile.NamedTemporaryFile("w", suffix=".properties", dir=module.tmpdir) as properties:
        for key, value in sorted(module.params["client"].items()):
            properties.write(f"{key}={value}\n".replace("\\", "\\\\"))
        properties.flush()
        work(module, properties.name)


if __name__ == "__main__":
    main()
