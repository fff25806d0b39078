import fnmatch
import functools
import json
import unittest
from pathlib import Path

import calls
from aws import bucket, client, deploy, listed, statements

HERE = Path(__file__).resolve().parents[2]
RULES = json.loads((HERE / "iam.json").read_text())
# What the programs asked for in runs of their own: CallsIT of both daemons, and moto/glue, hold themselves to it.
CALLS = {file.name: file.read_text().splitlines() for file in (HERE / "calls").iterdir()}
# Kafka's names of resources, and MSK's in ARNs.
RESOURCES = {"Topic": "topic", "Group": "group", "TransactionalId": "transactional-id"}


def role(program):
    return statements(deploy()["roles"][program])


def actions(program):
    return {action for one in role(program) if one["Effect"] == "Allow" for action in listed(one["Action"])}


def allowed(program, action, resource, prefix=None):
    return any(
        action in listed(one["Action"])
        and matches(resource, one["Resource"])
        and (prefix is None or all(matches(prefix, like["s3:prefix"]) for like in one.get("Condition", {}).values()))
        for one in role(program)
        if one["Effect"] == "Allow"
    )


def matches(name, patterns):
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in listed(patterns))


def kind(call):
    """The part of a recorded call that says what is done: iam.json tells what that needs."""
    words = call.split(" ")
    return " ".join(words[: 3 if words[0] == "kafka" else 2])


def needed(call):
    """What a recorded call needs: actions, each with its resource, and the prefix of a list."""
    about = call.removeprefix(kind(call) + " ")
    first, *others = RULES["calls"][kind(call)]
    on = {"kafka": of_kafka, "s3": of_s3, "glue": of_glue, "cloudwatch": lambda *_: [("*", None)]}[call.split(" ")[0]]
    needs = [(first, *resource) for resource in on(call, about)]
    if call.startswith("kafka "):
        needs.append(("kafka-cluster:Connect", deploy()["kafka"]["cluster_arn"], None))
    return needs + [(other, key_of(about), None) for other in others]


def of_kafka(call, about):
    cluster = deploy()["kafka"]["cluster_arn"]
    yield cluster.replace(":cluster/", f":{RESOURCES[call.split(' ')[2]]}/") + f"/{about}", None


def of_s3(call, about):
    place, _, prefix = about.partition(" ")
    key, _, rest = place.partition("/")
    arn = f"arn:aws:s3:::{bucket(key)}"
    yield (arn, prefix) if call.startswith("s3 List") else (f"{arn}/{rest}", None)


def of_glue(call, about):
    """A table is asked for in its database, and that in the catalog."""
    catalog = "arn:aws:glue:eu-central-1:123456789012"
    database, _, table = about.partition("/")
    yield f"{catalog}:catalog", None
    yield f"{catalog}:database/{database}", None
    if table:
        yield f"{catalog}:table/{database}/{table}", None


@functools.cache
def key_of(about):
    """The key that a bucket is encrypted with."""
    found = client("s3").get_bucket_encryption(Bucket=bucket(about.split("/")[0]))
    (rule,) = found["ServerSideEncryptionConfiguration"]["Rules"]
    return rule["ApplyServerSideEncryptionByDefault"]["KMSMasterKeyID"]


class Roles(unittest.TestCase):
    def test_every_recorded_call_is_allowed_on_what_it_was_about(self):
        for program, recorded in CALLS.items():
            for call in recorded:
                for need in needed(call):
                    self.assertTrue(allowed(program, *need), f"{program}: {call} needs {need}")

    def test_every_call_that_stands_in_the_code_was_recorded(self):
        for program, found in calls.found().items():
            recorded = {kind(call) for call in CALLS[program]}
            for call, places in found.items():
                self.assertIn(call, recorded, f"{program} calls it in {places[0]}, and no run did")

    def test_what_is_allowed_was_called_or_has_a_reason(self):
        for program in deploy()["roles"]:
            called = {action for call in CALLS.get(program, []) for action, *_ in needed(call)}
            self.assertEqual(actions(program) - called - set(RULES["reasons"].get(program, {})), set(), program)

    def test_every_rule_is_of_a_call_and_no_reason_of_what_is_called(self):
        self.assertEqual({kind(call) for recorded in CALLS.values() for call in recorded}, set(RULES["calls"]))
        for program, recorded in CALLS.items():
            called = {action for call in recorded for action, *_ in needed(call)}
            self.assertEqual(called & set(RULES["reasons"][program]), set(), program)

    def test_no_reason_outlives_what_it_was_for(self):
        for program, reasons in RULES["reasons"].items():
            self.assertEqual(set(reasons) - actions(program), set(), program)

    def test_no_action_is_a_pattern_and_only_some_go_to_all_resources(self):
        for program in deploy()["roles"]:
            for one in role(program):
                self.assertEqual([action for action in listed(one["Action"]) if "*" in action], [], program)
                if "*" in listed(one["Resource"]):
                    self.assertLessEqual(set(listed(one["Action"])), set(RULES["without_resource"]), program)

    def test_what_is_absent_is_not_taken_for_refused(self):
        # Asking for one object has no prefix: a condition that wants one would make S3 say 403 of what is not there.
        for program, recorded in CALLS.items():
            if any(call.startswith("s3 HeadObject ") for call in recorded):
                lists = [one for one in role(program) if "s3:ListBucket" in listed(one["Action"]) and one["Sid"] != "FindTemporary"]
                self.assertEqual([set(one["Condition"]) for one in lists], [{"StringLikeIfExists"}], program)

    def test_metrics_go_to_known_namespaces_only(self):
        for program in deploy()["roles"]:
            for one in role(program):
                if "cloudwatch:PutMetricData" in listed(one["Action"]):
                    spaces = one["Condition"]["StringEquals"]["cloudwatch:namespace"]
                    self.assertLessEqual(set(listed(spaces)), {"Tributary", "CWAgent", "Glue"}, program)


class Borders(unittest.TestCase):
    def setUp(self):
        data = f"arn:aws:s3:::{bucket('data')}"
        self.link = f"{data}/staging/gauges/incarnation=x/partition=0/00000000000000000000.jsonl.gz"
        self.file = f"{data}/lake/gauges/data/x.parquet"
        self.source = f"{data}/sources/x.csv"
        self.cluster = deploy()["kafka"]["cluster_arn"]

    def topic(self, name):
        return self.cluster.replace(":cluster/", ":topic/") + "/" + name

    def test_the_consumer_makes_links_and_deletes_none(self):
        self.assertTrue(allowed("consumer", "s3:PutObject", self.link))
        self.assertNotIn("s3:DeleteObject", actions("consumer"))
        self.assertFalse(allowed("consumer", "s3:PutObject", self.file))

    def test_the_producer_reads_its_files_and_writes_no_object(self):
        self.assertTrue(allowed("producer", "s3:GetObject", self.source))
        self.assertFalse(allowed("producer", "s3:GetObject", self.link))
        self.assertNotIn("s3:PutObject", actions("producer"))

    def test_the_producer_reads_positions_and_the_consumer_records(self):
        self.assertTrue(allowed("producer", "kafka-cluster:ReadData", self.topic("tributary.checkpoints")))
        self.assertFalse(allowed("producer", "kafka-cluster:ReadData", self.topic("gauges")))
        self.assertTrue(allowed("consumer", "kafka-cluster:ReadData", self.topic("gauges.rejected")))
        self.assertNotIn("kafka-cluster:WriteData", actions("consumer"))

    def test_a_source_may_use_transactions_of_the_products_names_only(self):
        transactions = self.cluster.replace(":cluster/", ":transactional-id/")
        self.assertTrue(allowed("producer", "kafka-cluster:AlterTransactionalId", f"{transactions}/tributary-gauges"))
        self.assertFalse(allowed("producer", "kafka-cluster:AlterTransactionalId", f"{transactions}/other"))

    def test_the_job_reads_links_deletes_them_by_its_retention_and_writes_the_lake(self):
        self.assertTrue(allowed("etl", "s3:GetObject", self.link))
        self.assertTrue(allowed("etl", "s3:DeleteObject", self.link))
        self.assertFalse(allowed("etl", "s3:PutObject", self.link))
        self.assertTrue(allowed("etl", "s3:PutObject", self.file))

    def test_the_crawler_sees_staging_and_not_the_lake(self):
        self.assertTrue(allowed("crawler", "s3:GetObject", self.link))
        self.assertFalse(allowed("crawler", "s3:GetObject", self.file))
        self.assertFalse(allowed("crawler", "glue:UpdateTable", "arn:aws:glue:eu-central-1:123456789012:table/lake/gauges"))

    def test_nobody_deletes_topics_and_only_their_own_role_makes_them(self):
        makers = [program for program in deploy()["roles"] if "kafka-cluster:CreateTopic" in actions(program)]
        self.assertEqual(makers, ["topics"])
        self.assertEqual([program for program in deploy()["roles"] if "kafka-cluster:DeleteTopic" in actions(program)], [])

    def test_the_group_is_deleted_by_people_and_no_other_group_is(self):
        deleters = [program for program in deploy()["roles"] if "kafka-cluster:DeleteGroup" in actions(program)]
        self.assertEqual(deleters, ["topics"])
        groups = self.cluster.replace(":cluster/", ":group/")
        self.assertTrue(allowed("topics", "kafka-cluster:DeleteGroup", f"{groups}/{deploy()['kafka']['group']}"))
        self.assertFalse(allowed("topics", "kafka-cluster:DeleteGroup", f"{groups}/other"))
