"""Links of a chain as a consumer stages them (docs/formats.md)."""

import gzip
import hashlib
import json

PARTITION_DIGITS = 20


class Chain:
    """One partition's chain under a prefix of a bucket. Each record is its key and its value."""

    def __init__(self, s3, bucket, prefix, topic, partition=0):
        self.s3, self.bucket = s3, bucket
        self.folder = f"{prefix}/{topic}/incarnation=inc-{topic}/partition={partition}"
        self.next = 0

    def name(self, offset):
        return f"{self.folder}/{offset:0{PARTITION_DIGITS}d}.jsonl.gz"

    def stage(self, records):
        """Writes one link, and answers its name."""
        first = self.next
        lines = "".join(
            json.dumps({"offset": first + at, "timestamp": 1_700_000_000_000 + first + at, "key": key, "value": value})
            + "\n"
            for at, (key, value) in enumerate(records)
        ).encode()
        self.next += len(records)
        self.s3.put_object(
            Bucket=self.bucket,
            Key=self.name(first),
            Body=gzip.compress(lines),
            IfNoneMatch="*",
            Metadata={
                "tributary-format": "1",
                "tributary-next": str(self.next),
                "tributary-records": str(len(records)),
                "tributary-digest": f"sha256:{hashlib.sha256(lines).hexdigest()}",
                "tributary-first-timestamp": str(1_700_000_000_000 + first),
                "tributary-last-timestamp": str(1_700_000_000_000 + self.next - 1),
                "tributary-writer": "deploy-tests",
                "tributary-cut": "records",
                "tributary-next-compression": "gzip",
            },
        )
        return self.name(first)

    def lose(self, name):
        """A link that somebody deleted."""
        self.s3.delete_object(Bucket=self.bucket, Key=name)
