import fnmatch
import json
import unittest
from pathlib import Path

import calls
from aws import bucket, deploy, listed, statements

RULES = json.loads((Path(__file__).resolve().parents[2] / "iam.json").read_text())


def role(program):
    return statements(deploy()["roles"][program])


def actions(program):
    return {action for one in role(program) if one["Effect"] == "Allow" for action in listed(one["Action"])}


def allowed(program, action, resource):
    return any(
        action in listed(one["Action"]) and any(fnmatch.fnmatchcase(resource, known) for known in listed(one["Resource"]))
        for one in role(program)
        if one["Effect"] == "Allow"
    )


class Roles(unittest.TestCase):
    def test_every_call_in_the_code_is_allowed(self):
        for program, found in calls.found().items():
            for call, places in found.items():
                for action in RULES["calls"][call]:
                    self.assertIn(action, actions(program), f"{program} calls {call} in {places[0]}")

    def test_what_is_allowed_is_called_or_has_a_reason(self):
        found = calls.found()
        for program in deploy()["roles"]:
            called = {action for call in found.get(program, {}) for action in RULES["calls"][call]}
            self.assertEqual(actions(program) - called - set(RULES["reasons"].get(program, {})), set(), program)

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
        for program, found in calls.found().items():
            if "s3.headObject" in found:
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
