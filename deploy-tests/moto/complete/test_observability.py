import json
import unittest
from pathlib import Path

from aws import client, deploy, name

ROOT = Path(__file__).resolve().parents[3]
GENERATED = ROOT / "docs" / "metrics.json"


def alarms():
    return client("cloudwatch").describe_alarms()["MetricAlarms"]


def of_alarms():
    """Metrics that alarms speak of: namespace, name, dimensions, statistic."""
    for alarm in alarms():
        if "MetricName" in alarm:
            dimensions = {one["Name"]: one["Value"] for one in alarm["Dimensions"]}
            yield alarm["Namespace"], alarm["MetricName"], dimensions, alarm["Statistic"]
        for query in alarm.get("Metrics", []):
            if "MetricStat" in query:
                metric = query["MetricStat"]["Metric"]
                dimensions = {one["Name"]: one["Value"] for one in metric["Dimensions"]}
                yield metric["Namespace"], metric["MetricName"], dimensions, query["MetricStat"]["Stat"]


def of_dashboard():
    """Metrics that the dashboard speaks of."""
    for widget in dashboard()["widgets"]:
        for metric in widget["properties"]["metrics"]:
            pairs = metric[2:]
            yield metric[0], metric[1], dict(zip(pairs[::2], pairs[1::2])), widget["properties"]["stat"]


def dashboard():
    return json.loads(client("cloudwatch").get_dashboard(DashboardName=name())["DashboardBody"])


class Metrics(unittest.TestCase):
    @unittest.skipUnless(GENERATED.is_file(), "docs/metrics.json is not there")
    def test_alarms_and_dashboard_speak_only_of_metrics_that_the_code_emits(self):
        generated = json.loads(GENERATED.read_text())
        sums = {"counter": {"Sum"}, "gauge": {"Maximum", "Minimum", "Average"}, "latency": {"p99"}}
        known = {
            (program, metric["name"]): sums[metric["kind"]]
            for program, metrics in generated["programs"].items()
            for metric in metrics
        }
        seen = set()
        for namespace, metric, dimensions, statistic in [*of_alarms(), *of_dashboard()]:
            if namespace != generated["namespace"]:
                continue
            self.assertEqual(set(dimensions), set(generated["dimensions"]), metric)
            self.assertEqual(dimensions["Env"], name())
            self.assertIn((dimensions["Service"], metric), known)
            self.assertIn(statistic, known[dimensions["Service"], metric], metric)
            seen.add(dimensions["Service"])
        self.assertEqual(seen, set(generated["programs"]))

    def test_their_topics_are_those_that_the_configurations_name(self):
        topics = {}
        for namespace, _, dimensions, _ in [*of_alarms(), *of_dashboard()]:
            if namespace == deploy()["metrics"]["namespace"]:
                topics.setdefault(dimensions["Service"], set()).add(dimensions["Topic"])
        configs = deploy()["configs"]
        self.assertEqual(topics, {
            "producer-daemon": {"gauges", "orders.eu"},
            "consumer-daemon": {configs["consumer"]["cloudwatch"]["topic"]},
            "glue-etl": {configs["etl"]["cloudwatch"]["topic"]},
        })
        for config in configs.values():
            self.assertEqual(config["cloudwatch"]["environment"], name())
            self.assertTrue(config["cloudwatch"]["enabled"])

    def test_the_agents_have_the_dimensions_that_its_configuration_gives(self):
        agents = [one for one in [*of_alarms(), *of_dashboard()] if one[0] == deploy()["metrics"]["agent_namespace"]]
        self.assertEqual({one[1] for one in agents}, {"mem_used_percent", "disk_used_percent"})
        for _, metric, dimensions, _ in agents:
            self.assertEqual((set(dimensions), dimensions["Env"]), ({"Env", "Role"}, name()), metric)

    def test_names_of_our_metrics_stand_in_one_place(self):
        module = ROOT / "terraform" / "modules" / "observability"
        named = json.loads((module / "metrics.tf.json").read_text())["locals"]["metrics"]
        names = {metric for program in named.values() for metric in program.values()}
        for file in module.glob("*.tf"):
            for metric in names:
                self.assertNotIn(f'"{metric}"', file.read_text(), file.name)


class Alarms(unittest.TestCase):
    def test_each_tells_somebody_and_says_what_to_look_at(self):
        topic = deploy()["alarms"]["topic_arn"]
        own = [alarm for alarm in alarms() if not alarm["AlarmName"].endswith(("-consumer-more", "-consumer-fewer"))]
        self.assertGreater(len(own), 20)
        for alarm in own:
            self.assertEqual(alarm["AlarmActions"], [topic], alarm["AlarmName"])
            self.assertGreater(len(alarm["AlarmDescription"]), 20, alarm["AlarmName"])

    def test_silence_of_consumers_and_of_the_merge_is_an_alarm(self):
        missing = {alarm["AlarmName"].removeprefix(f"{name()}-"): alarm["TreatMissingData"] for alarm in alarms()}
        self.assertEqual({key for key, value in missing.items() if value == "breaching"}, {"consumer-not-ready", "no-merge"})

    def test_a_run_that_failed_is_told_at_once(self):
        rules = client("events").list_rules(NamePrefix=name())["Rules"]
        patterns = {rule["Name"]: json.loads(rule["EventPattern"]) for rule in rules}
        self.assertEqual(patterns[f"{name()}-job-failed"]["detail"], {"jobName": [deploy()["etl"]["job"]], "state": ["FAILED", "TIMEOUT"]})
        for rule in patterns:
            targets = client("events").list_targets_by_rule(Rule=rule)["Targets"]
            self.assertEqual([target["Arn"] for target in targets], [deploy()["alarms"]["topic_arn"]])

    def test_the_topic_is_encrypted_and_alarms_may_speak_to_it(self):
        attributes = client("sns").get_topic_attributes(TopicArn=deploy()["alarms"]["topic_arn"])["Attributes"]
        self.assertIn(":key/", attributes["KmsMasterKeyId"])
        statements = json.loads(attributes["Policy"])["Statement"]
        services = {one["Principal"]["Service"]: one["Action"] for one in statements}
        self.assertEqual(services, {"cloudwatch.amazonaws.com": "sns:Publish", "events.amazonaws.com": "sns:Publish"})


class Logs(unittest.TestCase):
    def test_each_group_is_encrypted_and_ends(self):
        groups = {group["logGroupName"]: group for group in client("logs").describe_log_groups()["logGroups"]}
        for group in deploy()["logs"].values():
            self.assertEqual(groups[group]["retentionInDays"], 30, group)
            self.assertIn(":key/", groups[group]["kmsKeyId"], group)


class Dashboard(unittest.TestCase):
    def test_its_widgets_do_not_overlap_and_each_shows_something(self):
        places = [(widget["x"], widget["y"]) for widget in dashboard()["widgets"]]
        self.assertEqual(len(set(places)), len(places))
        for widget in dashboard()["widgets"]:
            self.assertTrue(widget["properties"]["metrics"], widget["properties"]["title"])
