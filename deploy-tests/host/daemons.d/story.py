"""The story, in order. Each chapter says what it saw, or fails."""

import json
import re
import subprocess
import time
from pathlib import Path

import lab
from world import BUCKET, CONSUMER, SOURCE, TOPIC, WATCHDOG_SECONDS

UNITS = (("app1", CONSUMER), ("app1", SOURCE), ("app2", CONSUMER))
# The most that `systemd-analyze security` may give.
MOST_EXPOSED = 1.5


def the_world_is_there(world):
    """A bastion boots, Kafka and S3 serve."""
    lab.base()
    world.connect()
    world.hosts["bastion"] = world.lab.boot("bastion", [lab.base()], "bastion")
    world.services()
    world.ansible = world.playbooks()
    world.archive = world.kafka_tools()


def a_bare_host_is_told_what_would_change(world):
    """--check works where not even Java is installed."""
    changed = world.told_when_bare([lab.base()])
    world.bare_is_gone()
    return f"{len(changed)} changes foretold"


def an_image_is_baked(world):
    """Packer bakes an image by the roles."""
    build = world.lab.boot_beside_debian("build", [lab.base()], "build")
    world.bake(build, "-e", "cloudwatch_agent_enabled=false")
    return no_traces(build)


def no_traces(build):
    """Nothing in the image belongs to the machine it was made on, or to who made it."""
    root = build.root
    left = [str(path) for path in (root / "etc/ssh").glob("ssh_host_*")]
    left += [str(path) for path in root.glob("home/*/.ssh/*")] + [str(path) for path in root.glob("root/.ssh/*")]
    left += [str(path) for path in root.glob("home/*/.ansible")] + [str(path) for path in (root / "tmp").iterdir()]
    left += [str(path) for path in (root / "etc/tributary").iterdir()]
    assert not left, f"left in the image: {left}"
    assert (root / "etc/machine-id").read_text().strip() in ("", "uninitialized"), "the image has a machine-id"
    release = (root / "opt/tributary/consumer-daemon.jar").readlink()
    assert str(release) == "/opt/tributary/releases/consumer-daemon/0.1.0/consumer-daemon.jar", release
    return "no keys, no host keys, no machine-id, no configuration, nothing started"


def hosts_boot_from_it(world):
    """Two private hosts boot from the image."""
    for name in ("app1", "app2"):
        world.hosts[name] = world.lab.boot(name, world.image, name)
    world.write(1000)
    world.write(500, "srv/past.csv")


def only_the_bastion_leads_there(world):
    """Nobody reaches the hosts but through the bastion."""
    for address in ("10.66.1.2", "10.66.2.2"):
        assert not connects(world, "ctl", address), f"{address} is reached from outside"
        assert connects(world, "bastion", address), f"{address} is not reached from the bastion"


def connects(world, namespace, address):
    probe = f"import socket; socket.create_connection(('{address}', 22), 2)"
    return subprocess.run(world.lab.within(namespace, "python3", "-c", probe), capture_output=True, check=False).returncode == 0


def a_dry_run_tells_the_truth(world):
    """--check on hosts without a deployment changes nothing and fails at nothing."""
    outcome = world.ansible.good("deploy.yml", "--check", "--diff")
    world.foretold = outcome.changed()
    etc = sorted(path.name for path in (world.hosts["app1"].root / "etc/tributary").iterdir())
    assert etc == [], f"the dry run wrote {etc}"
    assert ("app1", "tributary_common : Write configurations") in world.foretold, world.foretold
    return f"{len(world.foretold)} changes foretold"


def topics_are_made(world):
    """topics.yml foretells what it can, makes the topics, then has nothing to do, and tells of one that differs."""
    tools = ("-e", f"kafka_topics_archive={world.archive}")
    foretold = world.ansible.good("topics.yml", *tools, "--check")
    unpacks = {("app1", "Make a folder for Kafka's tools"), ("app1", "Say what would be unpacked")}
    assert foretold.changed() == unpacks, foretold.changed()
    assert f"{world.archive.name} would be unpacked to /opt/tributary/kafka" in foretold.text, foretold.text[-2000:]
    assert not (world.hosts["app1"].root / "opt/tributary/kafka").exists(), "it was no dry run"
    said = world.ansible.refused("topics.yml", "-e", "kafka_topics_archive=none.tgz", "--check")
    assert "kafka_topics_archive is none.tgz, which is not there" in said, said
    assert ("app1", "Make topics that are missing") in world.ansible.good("topics.yml", *tools).changed()
    later = json.dumps({"kafka_topics_wanted": [{"name": "later", "partitions": 1, "replication_factor": 1, "config": {}}]})
    missing = world.ansible.good("topics.yml", *tools, "--check", "-e", later)
    assert missing.changed() == {("app1", "Make topics that are missing")}, missing.changed()
    assert '"msg": "later"' in missing.text, missing.text[-2000:]
    for arguments in ((), ("--check",)):
        again = world.ansible.good("topics.yml", *tools, *arguments).changed()
        assert not again, again
    said = world.ansible.refused("topics.yml", *tools, "-e", "kafka_topics_in_sync=2")
    assert f"{TOPIC}: min.insync.replicas is 1, expected 2" in said, said


def everything_is_deployed(world):
    """deploy.yml brings both daemons up."""
    outcome = world.ansible.good("deploy.yml")
    changed = outcome.changed()
    silent = {task for task in world.foretold - changed}
    assert not silent, f"foretold, and not done: {silent}"
    untold = {task for _, task in changed - world.foretold}
    assert untold <= {"tributary_common : Restart, now and at each boot"}, f"done, and not foretold: {untold}"
    for name, unit in UNITS:
        host = world.hosts[name]
        assert host.show(unit, "ActiveState") == "active", f"{unit} on {name}"
        assert host.attempt("systemctl", "is-enabled", unit).stdout.strip() == "enabled", f"{unit} on {name}"
    past = world.hosts["app1"].show("producer-daemon@past", "Result")
    assert past == "success", f"the source that ends: {past}"
    return world.all_staged()


def a_second_run_changes_nothing(world):
    """Deployed again, nothing changes; a dry run says so."""
    before = pids(world)
    for arguments in ((), ("--check", "--diff")):
        changed = world.ansible.good("deploy.yml", *arguments).changed()
        assert not changed, f"changed by {arguments}: {changed}"
    assert pids(world) == before, "a process was restarted"
    return "changed=0"


def pids(world):
    return {(name, unit): world.hosts[name].show(unit, "MainPID") for name, unit in UNITS}


def killed_they_come_back(world):
    """Killed with -9, each is started again and goes on."""
    took = []
    for name, unit in UNITS:
        host, old = world.hosts[name], world.hosts[name].show(unit, "MainPID")
        begin = time.monotonic()
        host.run("kill", "-9", old)
        lab.wait_for(f"{unit} is back", lambda: back(host, unit, old))
        took.append(f"{unit} {time.monotonic() - begin:.1f} s")
    world.write(300)
    return f"{', '.join(took)}; {world.all_staged()}"


def back(host, unit, old):
    return host.show(unit, "ActiveState") == "active" and host.show(unit, "MainPID") not in ("0", old)


def frozen_the_watchdog_bites(world):
    """Frozen, each is ended by the watchdog and started again."""
    took = []
    for name, unit in (("app1", CONSUMER), ("app1", SOURCE)):
        host, old = world.hosts[name], world.hosts[name].show(unit, "MainPID")
        begin = time.monotonic()
        host.run("kill", "-STOP", old)
        lab.wait_for(f"{unit} is back", lambda: back(host, unit, old))
        journal = host.journal(unit)
        assert "Watchdog timeout" in journal, journal[-1000:]
        took.append(f"{unit} {time.monotonic() - begin:.1f} s")
    world.write(300)
    return f"WatchdogSec={WATCHDOG_SECONDS}: {', '.join(took)}; {world.all_staged()}"


def the_sandbox_holds(world):
    """What the units forbid is forbidden, seen from inside the process."""
    host = world.hosts["app1"]
    control = json.loads(host.run("systemd-run", "--quiet", "--pipe", "--wait", "--collect", "python3", "-c", PROBE))
    assert all(control.values()), f"without a sandbox all of it must be possible, or this proves nothing: {control}"
    (host.root / "home" / lab.USER / "secret").write_text("seen\n")
    exposures = []
    for unit in (CONSUMER, SOURCE):
        pid = host.show(unit, "MainPID")
        status = dict(line.split(":\t", 1) for line in host.run("cat", f"/proc/{pid}/status").splitlines() if ":\t" in line)
        assert status["NoNewPrivs"] == "1" and status["Seccomp"] == "2", f"{unit}: {status['NoNewPrivs']} {status['Seccomp']}"
        capabilities = {status[name] for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")}
        assert capabilities == {"0" * 16}, f"{unit}: {capabilities}"
        uid = host.run("id", "-u", "tributary")
        assert status["Uid"].split() == [uid] * 4, f"{unit} runs as {status['Uid']}"
        # In its own view of the files not even root can do these things.
        entered = ["nsenter", "--target", pid, "--mount"]
        possible = json.loads(host.run(*entered, "python3", "-c", PROBE))
        assert not any(possible.values()), f"{unit} can: {[what for what, can in possible.items() if can]}"
        itself = ["setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups"]
        secret = host.attempt(*entered, *itself, "cat", "/etc/tributary/consumer-daemon.env")
        assert "Permission denied" in secret.stderr, f"{unit} reads the file of secrets: {secret}"
        exposures.append(exposure(host, unit))
    return f"exposure {', '.join(exposures)}"


# What a process can do, as JSON: nothing of it is allowed to a daemon.
PROBE = """
import json, os
def can(what):
    try:
        return bool(what())
    except OSError:
        return False
def write(path):
    with open(path, "w"):
        pass
    os.unlink(path)
    return True
print(json.dumps({
    "write /etc": can(lambda: write("/etc/probe")),
    "write /usr": can(lambda: write("/usr/probe")),
    "write /opt/tributary": can(lambda: write("/opt/tributary/probe")),
    "see /home": can(lambda: os.listdir("/home")),
    "see /root": can(lambda: os.listdir("/root")),
    "write /var/lib": can(lambda: write("/var/lib/probe")),
}))
"""


def exposure(host, unit):
    said = host.run("systemd-analyze", "security", "--no-pager", f"{unit}.service").splitlines()[-1]
    score = re.search(r"([0-9.]+) [A-Z]+", said).group(1)
    assert float(score) <= MOST_EXPOSED, f"{unit}: {said}"
    return score


def the_plug_is_pulled(world):
    """Without power in the middle of work, and back: all go on, nothing is lost, nothing doubled."""
    world.write(2000)
    for name in ("app1", "app2"):
        world.hosts[name].power_cut()
    world.write(300)
    for name in ("app1", "app2"):
        world.hosts[name].start()
    for name, unit in UNITS:
        host = world.hosts[name]
        lab.wait_for(f"{unit} on {name} is back", lambda: host.show(unit, "ActiveState") == "active")
    return world.all_staged(2)


def a_broken_jar_is_refused(world):
    """A jar that is none is refused while the old version runs on."""
    before = pids(world)
    jar = world.work / "none.jar"
    jar.write_bytes(b"PK\x03\x04 cut short")
    said = world.ansible.refused("deploy.yml", "-e", f"consumer_daemon_jar={jar}", "-e", "tributary_version=0.2.0-cut")
    assert "0.2.0-cut of consumer-daemon refuses the configuration of consumer-daemon on app1" in said, said
    assert pids(world) == before, "a process was restarted"


def a_broken_configuration_is_refused(world):
    """A configuration that cannot be is refused, by its key, while the old version runs on."""
    before = pids(world)
    said = world.ansible.refused("deploy.yml", "-e", '{"consumer_daemon_settings": {"staging": {"buckett": "x"}}}')
    assert "staging.buckett: there is no such key" in said, said
    sources = json.loads(world.ansible.variables.read_text())["producer_daemon_sources"]
    sources[1]["source"]["format"] = "xml"
    said = world.ansible.refused("deploy.yml", "--tags", "producers", "-e", json.dumps({"producer_daemon_sources": sources}))
    assert "producer-daemon@past" in said and "source.format" in said, said
    assert pids(world) == before, "a process was restarted"


def what_fails_at_start_goes_back(world):
    """A version that starts and fails is taken back, before the next host is touched."""
    before, release = pids(world), jar_of(world, "app1")
    jar = world.work / "dies.jar"
    dying_jar(world.work, jar)
    said = world.ansible.refused("deploy.yml", "-e", f"consumer_daemon_jar={jar}", "-e", "tributary_version=0.2.0-dies")
    assert "What ran before is back, and ready." in said and "it cannot go on" in said, said
    assert jar_of(world, "app1") == release and jar_of(world, "app2") == release, jar_of(world, "app1")
    after = pids(world)
    assert after["app2", CONSUMER] == before["app2", CONSUMER], "the next host was touched"
    said = world.ansible.refused("deploy.yml", "-e", '{"consumer_daemon_settings": {"staging": {"bucket": "nowhere"}}}')
    assert "What ran before is back, and ready." in said, said
    config = json.loads((world.hosts["app1"].root / "etc/tributary/consumer.conf").read_text())
    assert config["staging"]["bucket"] == BUCKET, config["staging"]
    assert not world.ansible.good("deploy.yml", "--check", "--tags", "consumers").changed(), "something was left behind"
    world.write(100)
    return world.all_staged()


def jar_of(world, name, program="consumer-daemon"):
    return (world.hosts[name].root / f"opt/tributary/{program}.jar").readlink()


def dying_jar(work, jar):
    """A program that finds every configuration good and ends when it is started."""
    source = Path(work) / "Dies.java"
    source.write_text(
        "class Dies { public static void main(String[] args) {"
        ' if (String.join(" ", args).contains("--check")) { return; }'
        ' System.err.println("it cannot go on"); System.exit(1); } }\n'
    )
    lab.run("javac", "-d", str(work), str(source))
    manifest = Path(work) / "manifest"
    manifest.write_text("Main-Class: Dies\n")
    lab.run("jar", "--create", f"--file={jar}", f"--manifest={manifest}", "-C", str(work), "Dies.class")


def an_upgrade_and_back(world):
    """A good version follows, one host after the other, and rollback.yml brings the one before back."""
    jar = world.work / "next.jar"
    jar.write_bytes(Path(json.loads(world.ansible.variables.read_text())["consumer_daemon_jar"]).read_bytes())
    lab.run("jar", "--update", f"--file={jar}", "-C", str(world.work), "Dies.class")
    old = jar_of(world, "app1")
    settings = ("-e", '{"consumer_daemon_settings": {"roll": {"max-age": "1s"}}}')
    world.ansible.good("deploy.yml", "-e", f"consumer_daemon_jar={jar}", "-e", "tributary_version=0.2.0", *settings)
    for name in ("app1", "app2"):
        assert "0.2.0" in str(jar_of(world, name)), jar_of(world, name)
        assert max_age(world, name) == "1s", max_age(world, name)
    world.write(100)
    world.all_staged()
    world.ansible.good("rollback.yml")
    assert "0.2.0" not in str(jar_of(world, "app1", "producer-daemon")), jar_of(world, "app1", "producer-daemon")
    for name in ("app1", "app2"):
        assert jar_of(world, name) == old, jar_of(world, name)
        assert max_age(world, name) == "2s", max_age(world, name)
        assert world.hosts[name].show(CONSUMER, "ActiveState") == "active"
    world.write(100)
    return world.all_staged()


def max_age(world, name):
    return json.loads((world.hosts[name].root / "etc/tributary/consumer.conf").read_text())["roll"]["max-age"]


def a_cluster_that_is_away(world):
    """With Kafka away nothing is deployed: a bad version would look the same."""
    world.kafka.stop()
    said = ""

    def not_ready():
        nonlocal said
        said = world.hosts["app1"].show(SOURCE, "StatusText")
        return said.startswith("not ready")

    world.write(100)
    lab.wait_for("the producer says that it is not ready", not_ready, 2)
    before = pids(world)
    words = world.ansible.refused("deploy.yml", "--tags", "producers")
    assert "is not ready now" in words and "Nothing was touched" in words, words
    assert pids(world) == before, "a process was restarted"
    world.kafka_again()
    return f"{said}; {world.all_staged(2)}"


def the_audit_is_equal(world):
    """./tributary audit, over all that was published here: published = in Kafka = staged = merged."""
    for name in ("app1", "app2"):
        world.hosts[name].power_off()
    world.kafka.stop()
    world.s3.stop()
    empty = world.work / "nothing.csv"
    empty.write_text("reading_id,station,level_cm\n")
    world.tributary("run", str(empty), "--topic", TOPIC, "--key", "reading_id")
    said = world.tributary("audit", "--deep")
    assert f"{world.written}" in said.replace(",", ""), said
    return said.strip().splitlines()[-1].strip()


CHAPTERS = (
    the_world_is_there,
    a_bare_host_is_told_what_would_change,
    an_image_is_baked,
    hosts_boot_from_it,
    only_the_bastion_leads_there,
    a_dry_run_tells_the_truth,
    topics_are_made,
    everything_is_deployed,
    a_second_run_changes_nothing,
    killed_they_come_back,
    frozen_the_watchdog_bites,
    the_sandbox_holds,
    the_plug_is_pulled,
    a_broken_jar_is_refused,
    a_broken_configuration_is_refused,
    what_fails_at_start_goes_back,
    an_upgrade_and_back,
    a_cluster_that_is_away,
    the_audit_is_equal,
)
