#!/usr/bin/python
"""Waits until a daemon says that it is ready, or tells why it is not."""

from __future__ import annotations

import json
import subprocess
import time
import urllib.error
import urllib.request

from ansible.module_utils.basic import AnsibleModule

DOCUMENTATION = r"""
module: daemon_ready
short_description: Waits until a unit is active and its /ready says yes
options:
  unit:
    description: The unit.
    type: str
    required: true
  timeout:
    description: Seconds to wait. 0 asks once and never fails.
    type: int
    default: 180
  settle:
    description: For so many seconds the same process must stay ready.
    type: int
    default: 3
  may_end:
    description: Whether a process that ended well is good, too - a source that was read to its end.
    type: bool
    default: false
"""

RETURN = r"""
ready:
  description: Whether it is.
  type: bool
  returned: always
detail:
  description: What it said last.
  type: str
  returned: always
"""

PAUSE_SECONDS = 0.5
ENDED_TOO_OFTEN = 3
PROPERTIES = (
    "ActiveState",
    "Result",
    "MainPID",
    "NRestarts",
    "ExecMainStatus",
    "ExecMainExitTimestampMonotonic",
    "StatusText",
)


def state_of(unit):
    show = subprocess.run(
        ["systemctl", "show", unit, "--property=" + ",".join(PROPERTIES)], capture_output=True, text=True, check=False
    )
    return dict(line.split("=", 1) for line in show.stdout.splitlines() if "=" in line)


def port_of(unit):
    """The health port that the unit's configuration names; 0 where it names none that can be read here."""
    name = unit.split(".")[0].replace("producer-daemon@", "producer-").replace("-daemon", "")
    try:
        with open(f"/etc/tributary/{name}.conf", encoding="utf-8") as config:
            return int(json.load(config)["health"]["port"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def ask(port):
    """Whether /ready says yes, and its words."""
    # No proxy of the host's has anything to do with loopback.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://127.0.0.1:{port}/ready", timeout=5) as answer:
            return True, answer.read(2000).decode("utf-8", "replace").strip()
    except urllib.error.HTTPError as refused:
        return False, refused.read(2000).decode("utf-8", "replace").strip()
    except OSError as silent:
        return False, f"/ready on port {port} does not answer: {silent}"


def look(unit, may_end):
    """Ready, final (waiting longer is useless), the words, and which process said so."""
    state = state_of(unit)
    active = state.get("ActiveState", "unknown")
    pid = state.get("MainPID", "0")
    if active == "active":
        port = port_of(unit)
        if port:
            ready, words = ask(port)
        else:
            # The process repeats its answer to systemd, three times in WatchdogSec.
            words = state.get("StatusText", "")
            ready = words != "" and not words.startswith(("not ready:", "hangs:", "starting", "stopping"))
        return ready, False, words, pid
    restarts = int(state.get("NRestarts") or 0)
    code = state.get("ExecMainStatus", "?")
    if active == "inactive" and state.get("Result") == "success" and state.get("ExecMainExitTimestampMonotonic", "0") != "0":
        return may_end, not may_end, "its process has ended, with code " + code, pid
    words = f"it is {active}, its last process ended with code {code} ({state.get('Result')}), {restarts} restarts"
    return False, active == "failed" or restarts >= ENDED_TOO_OFTEN, words, pid


def main():
    module = AnsibleModule(
        argument_spec={
            "unit": {"type": "str", "required": True},
            "timeout": {"type": "int", "default": 180},
            "settle": {"type": "int", "default": 3},
            "may_end": {"type": "bool", "default": False},
        },
        supports_check_mode=True,
    )
    wanted = module.params
    begin = time.monotonic()
    since, speaker = None, None
    while True:
        ready, final, words, pid = look(wanted["unit"], wanted["may_end"])
        now = time.monotonic()
        if not ready:
            since = None
        elif since is None or pid != speaker:
            since, speaker = now, pid
        if wanted["timeout"] == 0 or (ready and now - since >= wanted["settle"]):
            module.exit_json(changed=False, ready=ready, detail=words)
        if final or now - begin > wanted["timeout"]:
            waited = f"after {now - begin:.0f} s"
            module.fail_json(msg=f"{wanted['unit']} is not ready {waited}: {words}", ready=False, detail=words)
        time.sleep(PAUSE_SECONDS)


if __name__ == "__main__":
    main()
