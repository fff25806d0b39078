"""Hosts to throw away: each a real systemd in systemd-nspawn, in network namespaces of the test's own. All of it ends with
the context, and nothing listens outside of these namespaces and loopback."""

import ctypes
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path

from skip import skip

PACKAGES = "systemd,systemd-sysv,dbus,openssh-server,python3,python3-apt,sudo,iproute2,ca-certificates,procps"
NEEDED = {
    "ansible-playbook": "ansible",
    "packer": "packer",
    "systemd-nspawn": "systemd-container",
    "debootstrap": "debootstrap",
    "ssh": "openssh-client",
    "ip": "iproute2",
}
CACHE = Path(os.environ.get("TRIBUTARY_TEST_CACHE", "~/.cache/tributary/deploy-tests")).expanduser()
MIRROR = os.environ.get("TRIBUTARY_DEBIAN_MIRROR", "http://deb.debian.org/debian")
USER = "admin"
# What is waited for takes seconds; on a machine that has much else to do, it may take minutes.
PATIENCE_SECONDS = int(os.environ.get("TRIBUTARY_TEST_PATIENCE", "60"))
CLONE_NEWNET = 0x40000000


def require(*programs):
    """Ends the check with the reason where it cannot run."""
    if os.geteuid() != 0:
        skip("it boots hosts, which needs root")
    missing = sorted({NEEDED[program] for program in programs or NEEDED if not shutil.which(program)})
    if missing:
        skip(f"missing: apt-get install --no-install-recommends {' '.join(missing)}")
    probe = subprocess.run(["unshare", "--mount", "--net", "--pid", "--fork", "true"], capture_output=True, check=False)
    if probe.returncode != 0:
        skip("namespaces cannot be made here")


def wait_for(what, condition, times=1):
    """Answers the condition's answer as soon as it is one."""
    seconds = times * PATIENCE_SECONDS
    deadline = time.monotonic() + seconds
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.2)


def run(*command, **more):
    """Runs a command that must end well; its output goes into the error otherwise."""
    done = subprocess.run(command, text=True, capture_output=True, check=False, **more)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))}: code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def base():
    """The root file system that all hosts begin with; made once."""
    root = CACHE / "debian-bookworm"
    if root.is_dir():
        return root
    CACHE.mkdir(parents=True, exist_ok=True)
    making = CACHE / f"making-{os.getpid()}"
    try:
        try:
            run("debootstrap", "--variant=minbase", f"--include={PACKAGES}", "bookworm", str(making), MIRROR)
        except AssertionError as failure:
            skip(f"{MIRROR} gives no Debian (TRIBUTARY_DEBIAN_MIRROR): {str(failure).strip().splitlines()[-1]}")
        making.rename(root)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return root


class Lab:
    """A context; everything in it belongs to the thread that made it."""

    def __init__(self, work):
        self.work = Path(work)
        self.key = self.work / "id"
        self.prefix = f"tributary-{os.getpid()}"

    def __enter__(self):
        self.stack = ExitStack()
        # Whoever ends the test finds nothing of it left, either.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self.key))
        return self

    def __exit__(self, *_):
        self.stack.close()

    def netns(self, name):
        return f"{self.prefix}-{name}"

    def namespace(self, name):
        """A network namespace with nothing but loopback."""
        whole = self.netns(name)
        run("ip", "netns", "add", whole)
        self.stack.callback(subprocess.run, ["ip", "netns", "del", whole], check=False)
        run("ip", "-n", whole, "link", "set", "lo", "up")
        run("ip", "netns", "exec", whole, "sysctl", "-qw", "net.ipv4.ip_forward=0")

    def link(self, one, other, network):
        """A cable: the first gets NETWORK.1, the second NETWORK.2."""
        ends = (f"to-{other}"[:15], f"to-{one}"[:15])
        run("ip", "-n", self.netns(one), "link", "add", ends[0], "type", "veth",
            "peer", "name", ends[1], "netns", self.netns(other))  # fmt: skip
        for at, name in enumerate((one, other)):
            run("ip", "-n", self.netns(name), "address", "add", f"{network}.{at + 1}/24", "dev", ends[at])
            run("ip", "-n", self.netns(name), "link", "set", ends[at], "up")

    def within(self, name, *command):
        """The command, run in a namespace."""
        return ["ip", "netns", "exec", self.netns(name), *map(str, command)]

    def forward(self, name, port, target, within=None):
        """Answers on loopback of one namespace and connects to (host, port) in another, or outside of all."""
        forwarder = Forwarder(self.handle(name), port, target, self.handle(within) if within else None)
        self.stack.callback(forwarder.close)

    def handle(self, name):
        return f"/run/netns/{self.netns(name)}"

    def boot(self, name, lowers, namespace):
        host = Host(self, name, [str(lower) for lower in lowers], namespace)
        self.stack.callback(host.remove)
        host.start()
        return host

    def boot_beside_debian(self, name, lowers, namespace):
        """A host that reaches Debian's mirror, under the mirror's own name."""
        mirror, _, port = MIRROR.split("/")[2].partition(":")
        self.forward(namespace, int(port or 80), (mirror, int(port or 80)))
        host = self.boot(name, lowers, namespace)
        with (host.root / "etc" / "hosts").open("a") as hosts:
            hosts.write(f"127.0.0.1 {mirror}\n")
        return host


class Host:
    """One host. Its own changes stay in its folder, over the layers it was made of."""

    def __init__(self, lab, name, lowers, namespace):
        self.lab, self.name, self.namespace = lab, name, namespace
        self.folder = lab.work / name
        self.root = self.folder / "root"
        self.upper = self.folder / "upper"
        # What a host is made of that shall begin as this one ends.
        self.layers = [str(self.upper), *lowers]
        self.log = self.folder / "console.log"
        self.groups = []
        self.process = None
        for part in ("upper", "work", "root"):
            (self.folder / part).mkdir(parents=True)
        options = f"lowerdir={':'.join(lowers)},upperdir={self.upper},workdir={self.folder}/work"
        run("mount", "-t", "overlay", "overlay", "-o", options, str(self.root))
        self.identity()

    def identity(self):
        """What the cloud gives a new host: a name, keys of its own, somebody who may log in."""
        (self.root / "etc" / "machine-id").unlink(missing_ok=True)
        (self.root / "etc" / "machine-id").write_text("")
        (self.root / "etc" / "hostname").write_text(self.name + "\n")
        (self.root / "etc" / "hosts").write_text(f"127.0.0.1 localhost\n127.0.1.1 {self.name}\n")
        for old in (self.root / "etc" / "ssh").glob("ssh_host_*"):
            old.unlink()
        run("chroot", str(self.root), "ssh-keygen", "-q", "-A")
        known = subprocess.run(["chroot", str(self.root), "id", USER], capture_output=True, check=False)
        if known.returncode != 0:
            run("chroot", str(self.root), "useradd", "--create-home", "--shell", "/bin/bash", USER)
        (self.root / "etc" / "sudoers.d" / USER).write_text(f"{USER} ALL=(ALL) NOPASSWD:ALL\n")
        (self.root / "etc" / "sudoers.d" / USER).chmod(0o440)
        ssh = self.root / "home" / USER / ".ssh"
        ssh.mkdir(mode=0o700, exist_ok=True)
        shutil.copy(f"{self.lab.key}.pub", ssh / "authorized_keys")
        run("chroot", str(self.root), "chown", "-R", f"{USER}:", f"/home/{USER}/.ssh")

    def start(self):
        # A control group of its own: the systemd inside must not find ours.
        for hierarchy in ("systemd", "unified", ""):
            group = Path("/sys/fs/cgroup") / hierarchy / f"{self.lab.prefix}-{self.name}"
            if (group.parent / "cgroup.procs").exists():
                group.mkdir(exist_ok=True)
                self.groups.append(group)

        def enter():
            for group in self.groups:
                (group / "cgroup.procs").write_text("0")

        command = [
            "systemd-nspawn", "--quiet", "--register=no", "--keep-unit", "--boot", "--console=passive",
            f"--machine={self.name}", f"--directory={self.root}", "--resolv-conf=off",
            f"--network-namespace-path={self.lab.handle(self.namespace)}",
            "--capability=all", "--system-call-filter=bpf",
        ]  # fmt: skip
        environment = {**os.environ, "SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1"}
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, preexec_fn=enter
            )
        wait_for(f"{self.name} has booted", self.booted)

    def booted(self):
        if self.process.poll() is not None:
            raise AssertionError(f"{self.name} does not boot: {self.log.read_text()[-2000:]}")
        said = self.attempt("systemctl", "is-system-running").stdout.strip() if self.leader() else ""
        return said in ("running", "degraded")

    def leader(self):
        """The process that is number 1 inside."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return children[0] if children else None

    def attempt(self, *command, **more):
        entered = ["nsenter", "--target", self.leader(), "--all", *map(str, command)]
        return subprocess.run(entered, text=True, capture_output=True, check=False, **more)

    def run(self, *command):
        """Runs a command inside, which must end well, and answers what it said."""
        done = self.attempt(*command)
        if done.returncode != 0:
            said = f"{done.stdout}{done.stderr}"
            raise AssertionError(f"{self.name}: {' '.join(map(str, command))}: code {done.returncode}\n{said}")
        return done.stdout.strip()

    def show(self, unit, name):
        return self.run("systemctl", "show", "--value", f"--property={name}", unit)

    def journal(self, unit):
        return self.attempt("journalctl", "--no-pager", "--output=cat", f"--unit={unit}").stdout

    def power_off(self):
        """As somebody who shuts down."""
        self.end(signal.SIGTERM, self.process.pid)

    def power_cut(self):
        """As somebody who pulls the plug: no process gets to say a word."""
        self.end(signal.SIGKILL, int(self.leader()))

    def end(self, how, pid):
        os.kill(pid, how)
        try:
            self.process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def remove(self):
        if self.process and self.process.poll() is None:
            leader = self.leader()
            self.end(signal.SIGKILL, int(leader) if leader else self.process.pid)
        wait_for(f"{self.root} is let go", lambda: subprocess.run(
            ["umount", str(self.root)], capture_output=True, check=False).returncode == 0)  # fmt: skip
        for group in self.groups:
            for folder in sorted(group.rglob("*"), reverse=True):
                if folder.is_dir():
                    folder.rmdir()
            if group.is_dir():
                group.rmdir()


class Forwarder:
    """Stands in for the network between two namespaces, one port of it. Threads of its own, which live in the namespace
    that they connect in."""

    def __init__(self, listen, port, target, connect):
        self.target, self.server, self.failure = target, None, None
        home = os.open(connect or "/proc/self/ns/net", os.O_RDONLY)
        ready = threading.Event()

        def begin():
            try:
                enter(listen)
                self.server = socket.create_server(("127.0.0.1", port))
                set_namespace(home)
            except OSError as failure:
                self.failure = failure
            finally:
                os.close(home)
                ready.set()
            if not self.failure:
                self.serve()

        threading.Thread(target=begin, daemon=True).start()
        ready.wait()
        if self.failure:
            raise self.failure

    def serve(self):
        while True:
            try:
                client, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self.carry, args=(client,), daemon=True).start()

    def carry(self, client):
        try:
            upstream = socket.create_connection(self.target)
        except OSError:
            client.close()
            return
        back = threading.Thread(target=pump, args=(upstream, client), daemon=True)
        back.start()
        pump(client, upstream)
        back.join()
        client.close()
        upstream.close()

    def close(self):
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()


def pump(source, sink):
    try:
        while data := source.recv(65536):
            sink.sendall(data)
    except OSError:
        pass
    finally:
        try:
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass


def enter(path):
    handle = os.open(path, os.O_RDONLY)
    try:
        set_namespace(handle)
    finally:
        os.close(handle)


def set_namespace(handle):
    """Of the calling thread."""
    if ctypes.CDLL(None, use_errno=True).setns(handle, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns")


class Server:
    """One of the sandbox's servers, in a namespace; a context. It says on its first line where it serves."""

    def __init__(self, lab, namespace, command, log, environment=None):
        self.lab, self.namespace, self.command, self.log = lab, namespace, command, log
        self.environment = {**os.environ, **(environment or {})}

    def start(self):
        with open(self.log, "a") as log:
            self.process = subprocess.Popen(
                self.lab.within(self.namespace, *self.command), stdout=subprocess.PIPE, stderr=log, text=True,
                env=self.environment,
            )  # fmt: skip
        self.lab.stack.callback(self.stop)
        line = self.process.stdout.readline()
        if not line.startswith("ready "):
            raise AssertionError(f"{self.command[-1]} does not serve: {line}{Path(self.log).read_text()[-2000:]}")
        self.port = json.loads(line.removeprefix("ready "))["port"]
        return self

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE_SECONDS)
