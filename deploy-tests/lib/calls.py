"""Which calls to AWS and Kafka stand in each program's code. Found by reading it: what libraries call by themselves
(Iceberg, the agent) is not seen here, and has its reason in iam.json."""

import functools
import re
from collections import defaultdict
from pathlib import Path

import botocore.session

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = {
    "producer": ("producer-daemon", "common"),
    "consumer": ("consumer-daemon", "common"),
    "etl": ("glue-etl",),
}
SDK = re.compile(r"^import software\.amazon\.awssdk\.services\.(\w+)\.", re.MULTILINE)
INVOCATION = re.compile(r"\.\s*(\w+)\s*\(")
ADMIN = re.compile(r"\badmin(?:\(\))?\s*\.\s*(\w+)\s*\(")
CLIENTS = {
    r"new KafkaProducer<": "kafka.produce",
    r"\.initTransactions\(": "kafka.initTransactions",
    r"new KafkaConsumer<": "kafka.consume",
    r"\.subscribe\(": "kafka.subscribe",
    r"\.commit(?:Sync|Async)\(": "kafka.commit",
}


@functools.cache
def operations(service):
    """The operations of a service, as the SDK for Java names its methods."""
    model = botocore.session.get_session().get_service_model(service)
    return {operation[0].lower() + operation[1:] for operation in model.operation_names}


def of_sdk(text):
    for service in set(SDK.findall(text)):
        known = operations(service)
        for method in INVOCATION.findall(text):
            operation = re.sub(r"(Paginator|AsBytes)$", "", method)
            if operation in known:
                yield f"{service}.{operation}"


def of_kafka(text):
    if "import org.apache.kafka.clients." not in text:
        return
    for method in ADMIN.findall(text):
        if method != "close":
            yield f"kafka.{method}"
    for pattern, call in CLIENTS.items():
        if re.search(pattern, text):
            yield call


@functools.cache
def found():
    """Calls by program, each with the files in which it stands."""
    programs = {}
    for program, modules in PROGRAMS.items():
        calls = defaultdict(list)
        for module in modules:
            for file in sorted((ROOT / module / "src" / "main" / "java").rglob("*.java")):
                text = file.read_text()
                for call in {*of_sdk(text), *of_kafka(text)}:
                    calls[call].append(str(file.relative_to(ROOT)))
        programs[program] = dict(calls)
    return programs


if __name__ == "__main__":
    for program, calls in found().items():
        for call, places in sorted(calls.items()):
            print(program, call, *places)
