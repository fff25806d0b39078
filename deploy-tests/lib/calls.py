"""Which calls of the AWS SDK stand in each program's code: a run that records what is called must have come by all. (Kafka's
clients are not looked for: what stands there has too many names.)"""

import functools
import re
from collections import defaultdict
from pathlib import Path

import botocore.session

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = {
    "producer": ("producer-daemon", "common"),
    "consumer": ("consumer-daemon", "common"),
    "etl": ("glue-etl", "common"),
}
SDK = re.compile(r"^import software\.amazon\.awssdk\.services\.(\w+)\.", re.MULTILINE)
INVOCATION = re.compile(r"\.\s*(\w+)\s*\(")


@functools.cache
def operations(service):
    """The operations of a service by the names of the methods that the SDK for Java has for them."""
    model = botocore.session.get_session().get_service_model(service)
    return {operation[0].lower() + operation[1:]: operation for operation in model.operation_names}


def of_sdk(text):
    for service in set(SDK.findall(text)):
        known = operations(service)
        for method in INVOCATION.findall(text):
            operation = known.get(re.sub(r"(Paginator|AsBytes)$", "", method))
            if operation:
                yield f"{service} {operation}"


@functools.cache
def found():
    """Calls by program, each with the files in which it stands."""
    programs = {}
    for program, modules in PROGRAMS.items():
        calls = defaultdict(list)
        for module in modules:
            for file in sorted((ROOT / module / "src" / "main" / "java").rglob("*.java")):
                text = file.read_text()
                for call in set(of_sdk(text)):
                    calls[call].append(str(file.relative_to(ROOT)))
        programs[program] = dict(calls)
    return programs


if __name__ == "__main__":
    for program, calls in found().items():
        for call, places in sorted(calls.items()):
            print(program, call, *places)
