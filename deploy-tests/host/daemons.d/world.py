"""What the story happens in: an operator's place, a bastion, two private hosts, and the services that hosts reach.

    ctl ──── bastion ──┬── app1 ┄┄┐ Kafka and S3, as the hosts' loopback; on AWS the network brings
                       └── app2 ┄┄┴─▶ data       them to brokers and to S3
    build ┄┄▶ a mirror of Debian

Lines are cables, dots are single ports. No namespace has a way out besides.
"""

import gzip
import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import lab
from image import ROOT, Packer, jar_arguments, jars
from playbooks import Playbooks
from skip import skip

KAFKA_PORT, S3_PORT = 9092, 9000
BUCKET, ACCESS_KEY, SECRET = "tributary", "lab", "a secret of 'this' \"lab\" $HOME"
TOPIC, TOPICS_PARTITIONS = "gauges", 3
CONSUMER, SOURCE = "consumer-daemon", "producer-daemon@gauges"
WATCHDOG_SECONDS = 10
HEADER = "reading_id,station,level_cm\n"
FILE = "srv/gauges.csv"


def tell(chapters):
    """A story in a world of its own, chapter after chapter; answers the check's code."""
    lab.require()
    if not jars() or not (ROOT / "target" / ".built").is_file():
        skip("the programs are not built: ./tributary status builds them")
    begin = time.monotonic()

    def say(what):
        print(f"[{time.monotonic() - begin:.0f} s] {what}", flush=True)

    with tempfile.TemporaryDirectory(prefix="tributary-host-") as work, lab.Lab(work) as hosts:
        world = World(hosts)
        try:
            for chapter in chapters:
                said = chapter(world)
                say(f"{chapter.__doc__.rstrip('.')}{': ' + said if said else ''}")
        except AssertionError as failure:
            say(f"FAILED {chapter.__name__}: {failure}")
            world.last_words()
            return 1
    return 0


class World:
    """Owned by the test's thread."""

    def __init__(self, hosts):
        self.lab = hosts
        self.work = hosts.work
        self.data = self.work / "data"
        self.written = 0
        self.hosts = {}

    def connect(self):
        for name in ("ctl", "bastion", "app1", "app2", "data", "build"):
            self.lab.namespace(name)
        self.lab.link("ctl", "bastion", "10.66.0")
        self.lab.link("bastion", "app1", "10.66.1")
        self.lab.link("bastion", "app2", "10.66.2")
        # Even who sends packets for the hosts to the bastion gets no answer: it forwards none.
        for network in ("10.66.1.0/24", "10.66.2.0/24"):
            lab.run("ip", "-n", self.lab.netns("ctl"), "route", "add", network, "via", "10.66.0.2")
            where = "app1" if network.startswith("10.66.1") else "app2"
            lab.run("ip", "-n", self.lab.netns(where), "route", "add", "default", "via", network.replace("0/24", "1"))
        for name in ("app1", "app2"):
            self.lab.forward(name, KAFKA_PORT, ("127.0.0.1", KAFKA_PORT), within="data")
            self.lab.forward(name, S3_PORT, ("127.0.0.1", S3_PORT), within="data")

    def services(self):
        """Kafka and S3 of the sandbox, on data that ./tributary can audit afterwards."""
        (self.data / "s3" / "buckets" / BUCKET).mkdir(parents=True)
        self.kafka_again()
        secret = ("--access-key", ACCESS_KEY, "--secret-key-env", "LAB_SECRET")
        self.s3 = self.server("s3", "s3.S3Main", "--port", str(S3_PORT), *secret)

    def kafka_again(self):
        self.kafka = self.server("kafka", "kafka.KafkaMain", "--port", str(KAFKA_PORT))

    def server(self, name, main, *arguments):
        folder = ROOT / "sandbox" / name / "target"
        command = ["java", "-Xmx512m", "-cp", f"{folder}/sandbox-{name}.jar:{(folder / 'classpath').read_text().strip()}"]
        command += [f"io.tributary.sandbox.{main}", "--data", str(self.data / name), *arguments]
        return lab.Server(self.lab, "data", command, self.work / f"{name}.log", {"LAB_SECRET": SECRET}).start()

    def playbooks(self):
        """The operator's: what Terraform would say of this world, and what a site says itself."""
        kafka = {"bootstrap-servers": [f"127.0.0.1:{KAFKA_PORT}"], "client": {}}
        s3 = {"endpoint": f"http://127.0.0.1:{S3_PORT}", "path-style": True, "access-key": ACCESS_KEY, "region": "eu-central-1"}
        topic = {"replication_factor": 3, "config": {"min.insync.replicas": "2", "unclean.leader.election.enable": "false"}}
        deletes = {**topic["config"], "cleanup.policy": "delete", "retention.ms": "604800000"}
        compacts = {**topic["config"], "cleanup.policy": "compact"}
        deploy = {
            "name": "lab",
            "region": "eu-central-1",
            "kafka": {
                "bootstrap_servers": kafka["bootstrap-servers"],
                "client": {},
                "topics_role_arn": "",
                "topics": [
                    {**topic, "name": TOPIC, "partitions": TOPICS_PARTITIONS, "config": deletes},
                    {**topic, "name": f"{TOPIC}.rejected", "partitions": 1, "config": deletes},
                    {**topic, "name": "tributary.checkpoints", "partitions": 1, "config": compacts},
                ],
            },
            "hosts": {
                "bastion": {"id": "i-bastion", "address": "10.66.0.2"},
                "producers": {"app1": {"id": "i-app1", "address": "10.66.1.2"}},
                "consumers": {
                    "app1": {"id": "i-app1", "address": "10.66.1.2"},
                    "app2": {"id": "i-app2", "address": "10.66.2.2"},
                },
            },
            "logs": {"producer": "/lab/producer-daemon", "consumer": "/lab/consumer-daemon", "system": "/lab/system"},
            "metrics": {"environment": "lab", "agent_namespace": "CWAgent"},
            "configs": {
                "producer": {"kafka": kafka},
                "consumer": {
                    "topics": [TOPIC, f"{TOPIC}.rejected"],
                    "kafka": {**kafka, "group": "lab"},
                    "s3": s3,
                    "staging": {"bucket": BUCKET, "prefix": "staging"},
                    "roll": {"max-age": "2s"},
                    "health": {"stuck-after": "10s"},
                },
            },
        }
        quick = f"[Service]\nWatchdogSec={WATCHDOG_SECONDS}\nTimeoutAbortSec=5\nRestartSec=1\n"
        variables = {
            "cloudwatch_agent_enabled": False,
            "tributary_ready_timeout": lab.PATIENCE_SECONDS,
            "kafka_topics_copies": 1,
            "kafka_topics_in_sync": 1,
            "consumer_daemon_environment": {"TRIBUTARY_S3_SECRET_KEY": SECRET},
            "consumer_daemon_drop_in": quick,
            "producer_daemon_sources": [
                {"name": "gauges", "topic": TOPIC, "drop_in": quick,
                 "source": {"paths": [f"/{FILE}"], "key": ["reading_id"], "follow": True}},
                {"name": "past", "topic": TOPIC, "source": {"paths": ["/srv/past.csv"], "key": ["reading_id"]}},
            ],
            **jars(),
        }  # fmt: skip
        return Playbooks(self.lab, "ctl", deploy, lab.USER, variables, [SECRET])

    def kafka_tools(self):
        """Kafka's own tools as an archive. Its scripts are not in Maven's repository, so two stand in for them."""
        classpath = (ROOT / "sandbox" / "kafka" / "target" / "classpath").read_text().strip().split(":")
        core = next(Path(path) for path in classpath if Path(path).name.startswith("kafka-clients-"))
        version = core.parent.name
        tools = core.parents[2] / "kafka-tools" / version / f"kafka-tools-{version}.jar"
        if not tools.is_file():
            artifact = f"-Dartifact=org.apache.kafka:kafka-tools:{version}"
            subprocess.run(["mvn", "-q", "-B", "dependency:get", artifact, "-Dtransitive=false"], check=False)
        if not tools.is_file():
            skip(f"Kafka's tools are not in Maven's repository: mvn dependency:get -Dartifact=org.apache.kafka:kafka-tools:{version}")
        home = self.work / "kafka-tools"
        (home / "libs").mkdir(parents=True)
        for jar in [*classpath, tools]:
            if Path(jar).is_file() and "logback" not in str(jar):
                shutil.copy(jar, home / "libs")
        (home / "bin").mkdir()
        for script, main in (("topics", "org.apache.kafka.tools.TopicCommand"), ("configs", "kafka.admin.ConfigCommand")):
            file = home / "bin" / f"kafka-{script}.sh"
            file.write_text(f'#!/bin/sh\nexec java -Xmx128m -cp "$(dirname "$0")/../libs/*" {main} "$@"\n')
            file.chmod(0o755)
        archive = self.work / "kafka-tools.tgz"
        lab.run("tar", "--create", "--gzip", f"--file={archive}", f"--directory={self.work}", "kafka-tools")
        return archive

    def write(self, rows, file=FILE):
        """So many more rows, in the source's file on its host."""
        path = self.hosts["app1"].root / file
        new = not path.exists()
        with path.open("a") as out:
            if new:
                out.write(HEADER)
            for at in range(self.written, self.written + rows):
                out.write(f"R{at:06},{at % 7:05},{at % 300}\n")
        path.chmod(0o644)
        self.written += rows

    def staged(self):
        """Every key in the links that there are, as often as it is there."""
        keys = []
        for link in sorted((self.data / "s3").rglob("*.jsonl.gz")):
            if f"/{TOPIC}/" in str(link):
                with gzip.open(link, "rt") as lines:
                    keys += [json.loads(line)["key"] for line in lines]
        return keys

    def all_staged(self, times=1):
        """Waits until each row is staged; none twice."""
        lab.wait_for("all rows are staged", lambda: len(set(self.staged())) >= self.written, times)
        keys = self.staged()
        assert len(keys) == len(set(keys)) == self.written, f"{len(keys)} staged, {len(set(keys))} different, {self.written} written"
        return f"{self.written} rows, each once"

    def told_when_bare(self, layers, *arguments):
        """What --check foretells a host that has nothing yet, not even Java: names of tasks. The host stays until bare_is_gone."""
        self.bare = self.lab.boot("bare", layers, "app1")
        deployed = self.ansible.good("deploy.yml", "--check", "--diff", "--tags", "consumers", "--limit", "app1", *arguments)
        topics = self.ansible.good("topics.yml", "--check", "-e", f"kafka_topics_archive={self.archive}")
        changed, made = ({task for _, task in outcome.changed()} for outcome in (deployed, topics))
        assert {"tributary_common : Install Java 17", "tributary_common : Write configurations"} <= changed, changed
        assert {"tributary_common : Install Java 17", "Say what would be unpacked"} <= made, made
        for path in ("opt/tributary", "usr/bin/java"):
            assert not (self.bare.root / path).exists(), f"it was no dry run: {path}"
        return changed | made

    def bare_is_gone(self):
        self.bare.power_off()
        # Another host gets its address, and has another key.
        (self.work / "known_hosts").unlink()

    def bake(self, build, *arguments):
        """Makes the host into the image that others boot from. Packer does it, by the roles."""
        code, said = Packer(self.work, self.lab.within("build")).run(
            "build", "-color=false", "-only=null.host", "-var", "ssh_host=127.0.0.1", "-var", f"ssh_key={self.lab.key}",
            "-var", f"ssh_username={lab.USER}", "-var", "version=0.1.0",
            "-var", f"ansible_arguments={json.dumps([*jar_arguments(), *arguments])}", log=self.work / "packer.log",
        )  # fmt: skip
        assert code == 0, f"packer build: code {code}\n{said[-4000:]}"
        units = {unit: build.attempt("systemctl", "is-enabled", unit).stdout.strip() for unit in (CONSUMER, "producer-daemon@.service")}
        assert units == {CONSUMER: "disabled", "producer-daemon@.service": "disabled"}, units
        build.power_off()
        self.image = build.layers

    def tributary(self, *arguments):
        environment = {**os.environ, "TRIBUTARY_BUILD": "never"}
        command = self.lab.within("data", ROOT / "tributary", *arguments, "--data", self.data)
        done = subprocess.run(command, text=True, capture_output=True, env=environment, check=False, timeout=600)
        assert done.returncode == 0, f"tributary {arguments}: code {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout

    def last_words(self):
        for name in ("app1", "app2"):
            host = self.hosts.get(name)
            if host and host.process.poll() is None and host.leader():
                for unit in (CONSUMER, SOURCE):
                    print(f"-- {unit} on {name}", *host.journal(unit).splitlines()[-12:], sep="\n  ")
