#!/bin/sh
# Checks the units without starting them: systemd finds nothing to say about them, and little that they could do.
# Exit codes: 0 passed, 1 failed, 77 skipped (with the reason).
set -eu
cd "$(dirname "$0")/.."

# Ten times the score that `systemd-analyze security` may give at most.
THRESHOLD=15

if ! command -v systemd-analyze >/dev/null 2>&1; then
  echo "SKIPPED systemd-analyze is not there; Debian's package systemd has it"
  exit 77
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0

# A unit is checked as it is installed, with the example of a drop-in. Only programs that this machine lacks are stood in
# for, since systemd looks whether they are there.
java=$(command -v true)
find=$(command -v find)
mkdir "$scratch/units"
for unit in systemd/*.service; do
  name=$(basename "$unit")
  sed -e "s|^ExecStart=/usr/bin/java |ExecStart=$java |" -e "s|^ExecStartPre=/usr/bin/find |ExecStartPre=$find |" \
    "$unit" >"$scratch/units/$name"
  mkdir "$scratch/units/$name.d"
  cp systemd/examples/10-site.conf "$scratch/units/$name.d/"
done

for unit in "$scratch"/units/*.service; do
  name=$(basename "$unit")
  instance=$(echo "$name" | sed 's/@\.service/@mastodon.service/')
  if [ "$instance" != "$name" ]; then
    cp "$unit" "$scratch/units/$instance"
  fi
  # The exit code says nothing: an unknown key is 0. Any word is a failure.
  said=$(SYSTEMD_UNIT_PATH="$scratch/units:" systemd-analyze verify --man=no "$scratch/units/$instance" 2>&1 || true)
  # What this machine's own units make it say is not about ours.
  said=$(echo "$said" | grep -e "$scratch" -e "${name%%.*}" -e '10-site' || true)
  if [ -n "$said" ]; then
    echo "FAILED verify $name:"
    echo "$said"
    failed=1
  fi
  if report=$(systemd-analyze security --offline=true --threshold=$THRESHOLD --no-pager "$scratch/units/$instance" 2>&1); then
    echo "passed $name: $(echo "$report" | sed -n 's/.*Overall exposure level for [^:]*: \([0-9.]*\).*/exposure \1/p')"
  else
    echo "FAILED security $name: more than $THRESHOLD tenths"
    echo "$report" | grep '✗\|Overall\|rror' || echo "$report"
    failed=1
  fi
done

# What the tests below rest on is said in each unit.
for unit in systemd/*.service; do
  for line in Type=notify NotifyAccess=main SuccessExitStatus=143 NoNewPrivileges=yes ProtectSystem=strict \
    User=tributary RestartPreventExitStatus=2; do
    grep -qx "$line" "$unit" || { echo "FAILED $unit: $line is missing"; failed=1; }
  done
  for key in WatchdogSec StateDirectory MemoryMax TasksMax LimitNOFILE TimeoutStopSec Restart; do
    grep -q "^$key=." "$unit" || { echo "FAILED $unit: $key is missing"; failed=1; }
  done
  grep -q '^ExecStart=/usr/bin/java -Xmx' "$unit" || { echo "FAILED $unit: no bound on the heap"; failed=1; }
done

# A misspelt key must be found, or the above proves nothing.
sed 's/^NoNewPrivileges=/NoNewPrivilege=/' "$scratch/units/consumer-daemon.service" >"$scratch/units/misspelt.service"
if [ -z "$(systemd-analyze verify --man=no "$scratch/units/misspelt.service" 2>&1 | grep NoNewPrivilege)" ]; then
  echo "FAILED a misspelt key was not found"
  failed=1
fi

exit $failed
