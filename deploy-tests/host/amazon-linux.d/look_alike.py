"""A file system that calls itself Amazon Linux 2023: Debian's, with dnf in apt's place and one repository of rpms. Those stand
in for what the roles install by name; Java's holds the files of Debian's, the agent's is a unit that reads its file."""

from pathlib import Path

import lab
from skip import skip

JAVA, AGENT = "java-17-amazon-corretto-headless", "amazon-cloudwatch-agent"
TOOLS = ("dnf", "rpm", "createrepo-c")
REPOSITORY, REPOSITORY_ID = "/srv/amazonlinux", "amazonlinux"
AGENT_HOME = "/opt/aws/amazon-cloudwatch-agent"
# As the real one says of itself.
RELEASE = """\
NAME="Amazon Linux"
VERSION="2023"
ID="amzn"
ID_LIKE="fedora"
VERSION_ID="2023"
PLATFORM_ID="platform:al2023"
PRETTY_NAME="Amazon Linux 2023"
CPE_NAME="cpe:2.3:o:amazon:amazon_linux:2023"
"""
REPOSITORIES = f"""\
[{REPOSITORY_ID}]
name=Amazon Linux 2023 repository
baseurl=file://{REPOSITORY}
enabled=1
gpgcheck=0
"""
AGENT_UNIT = f"""\
[Unit]
Description=Stands in for the CloudWatch agent
[Service]
ExecStart={AGENT_HOME}/bin/start-amazon-cloudwatch-agent
[Install]
WantedBy=multi-user.target
"""
# Like the real one it ends where its file is missing or broken.
AGENT_PROGRAM = f"""\
#!/bin/sh
python3 -m json.tool {AGENT_HOME}/etc/amazon-cloudwatch-agent.json >/dev/null && exec sleep infinity
"""
# Nothing of what is packed may be looked into or changed; the rest of its dependencies Debian has.
SPEC = """\
%global __os_install_post %{{nil}}
%global _binary_payload w0.gzdio
Name: {name}
Version: {version}
Release: 1.lookalike
Summary: Stands in for {name}
License: none
AutoReqProv: no
%description
Stands in for {name}.
%install
cd {files} && cp --archive --parents {relative} %{{buildroot}}
%files
{absolute}
"""


def make(own, namespace):
    """Answers the layers that hosts of this kind begin with."""
    host = own.boot_beside_debian("look-alike", [lab.base()], namespace)
    try:
        host.run("apt-get", "--quiet", "update")
    except AssertionError as failure:
        skip(f"{lab.MIRROR} does not answer (TRIBUTARY_DEBIAN_MIRROR): {str(failure).strip().splitlines()[-1]}")
    host.run("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet", "--yes", "install", "--no-install-recommends", *TOOLS)
    host.run("sh", "-c", "cd /root && apt-get --quiet download openjdk-17-jre-headless")
    host.run("sh", "-c", "dpkg-deb --extract /root/openjdk-17-*.deb /root/java && rm /root/openjdk-17-*.deb")
    java = java_files(host.root / "root/java")
    pack(host, JAVA, "17.0.0", "/root/java", java)
    pack(host, AGENT, "1.0.0", "/root/agent", agent_files(host.root / "root/agent"))
    host.run("createrepo_c", "--quiet", REPOSITORY)
    rename(host)
    host.power_off()
    return host.layers


def java_files(root):
    """What the rpm holds: Debian's files, and the name by which all know the program."""
    home = next((root / "usr/lib/jvm").iterdir()).name
    (root / "usr/bin").mkdir(exist_ok=True)
    (root / "usr/bin/java").symlink_to(f"/usr/lib/jvm/{home}/bin/java")
    return ["usr/lib/jvm", "etc/java-17-openjdk", "usr/bin/java"]


def agent_files(root):
    put(root / AGENT_HOME[1:] / "bin/start-amazon-cloudwatch-agent", AGENT_PROGRAM, 0o755)
    (root / AGENT_HOME[1:] / "etc").mkdir()
    put(root / "etc/systemd/system/amazon-cloudwatch-agent.service", AGENT_UNIT)
    return ["opt/aws", "etc/systemd/system/amazon-cloudwatch-agent.service"]


def pack(host, name, version, files, owned):
    spec = host.root / f"root/{name}.spec"
    absolute = "\n".join(f"/{path}" for path in owned)
    spec.write_text(SPEC.format(name=name, version=version, files=files, relative=" ".join(owned), absolute=absolute))
    host.run("rpmbuild", "--quiet", "-bb", "--define", "_topdir /root/rpm", "--define", f"_rpmdir {REPOSITORY}", f"/root/{name}.spec")
    host.run("rm", "-r", files, f"/root/{name}.spec", "/root/rpm")


def rename(host):
    """From here on it is no Debian: nobody says so, and no program of Debian's can install anything."""
    root = host.root
    for name in ("dpkg", "apt", "apt-get", "apt-cache", "apt-mark"):
        (root / "usr/bin" / name).unlink()
    (root / "etc/debian_version").unlink()
    put(root / "usr/lib/os-release", RELEASE)
    put(root / "etc/system-release", "Amazon Linux release 2023 (Amazon Linux)\n")
    (root / "etc/amazon-linux-release").symlink_to("system-release")
    put(root / "etc/yum.repos.d/amazonlinux.repo", REPOSITORIES)
    put(root / "etc/dnf/vars/releasever", "2023\n")
    (root / "usr/bin/yum").symlink_to("dnf")


def put(path, text, mode=0o644):
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)
