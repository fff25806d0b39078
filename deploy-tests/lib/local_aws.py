"""A moto server of one's own, on a free port of loopback."""

import importlib.util
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from skip import skip

PATIENCE_SECONDS = 60
REGION = "eu-central-1"


class Moto:
    """A context: the server runs within it, and is ended by its own process id."""

    def __init__(self, log, more=None):
        """more: environment variables for the server itself."""
        self.more = more or {}
        for module, package in (("moto", "moto[server]"), ("boto3", "boto3"), ("flask", "moto[server]")):
            if importlib.util.find_spec(module) is None:
                skip(f"the Python module {module} is not installed ({package})")
        self.log = Path(log)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self):
        """What makes an AWS client of any kind speak to it, and to nobody else."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
            "NO_PROXY": "127.0.0.1",
        }

    def __enter__(self):
        command = [sys.executable, str(Path(__file__).with_name("moto_server.py")), "-H", "127.0.0.1", "-p", str(self.port)]
        environment = {**os.environ, "MOTO_IAM_LOAD_MANAGED_POLICIES": "true", **self.more}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=environment)
        deadline = time.monotonic() + PATIENCE_SECONDS
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        while True:
            try:
                with opener.open(f"{self.url}/moto-api/data.json", timeout=5):
                    return self
            except (urllib.error.URLError, ConnectionError, TimeoutError) as silent:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    self.__exit__()
                    raise RuntimeError(f"moto does not answer: {silent}\n{self.log.read_text()[-2000:]}") from silent
                time.sleep(0.1)

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
