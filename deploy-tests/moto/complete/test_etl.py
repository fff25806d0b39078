import json
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from aws import bucket, client, deploy, stored

ROOT = Path(__file__).resolve().parents[3]
QUERIES = list((ROOT / "athena").glob("*.sql"))
JAR = ROOT / "glue-etl" / "target" / "glue-etl.jar"
# What Glue provides: Spark, Iceberg and the SDK.
PROVIDED = ROOT / "sandbox" / "lake" / "target" / "classpath"
BUILT = JAR.is_file() and PROVIDED.is_file() and shutil.which("java")


class Job(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.job = client("glue").get_job(JobName=deploy()["etl"]["job"])["Job"]
        cls.arguments = cls.job["DefaultArguments"]

    def test_it_runs_alone_on_glue_5_1_and_is_tried_again(self):
        self.assertEqual(self.job["GlueVersion"], "5.1")
        self.assertEqual(self.job["Command"]["Name"], "glueetl")
        self.assertEqual(self.job["ExecutionProperty"]["MaxConcurrentRuns"], 1)
        self.assertEqual((self.job["MaxRetries"], self.job["Timeout"]), (1, 60))
        self.assertEqual((self.job["WorkerType"], self.job["NumberOfWorkers"]), ("G.1X", 2))

    def test_its_class_comes_from_our_jar(self):
        self.assertEqual(self.arguments["--class"], "io.tributary.etl.EtlMain")
        self.assertEqual(self.arguments["--job-language"], "scala")
        self.assertEqual(self.arguments["--extra-jars"], deploy()["etl"]["jar"])
        self.assertEqual(self.arguments["--datalake-formats"], "iceberg")
        key = deploy()["etl"]["jar"].removeprefix(f"s3://{bucket('artifacts')}/")
        self.assertEqual(key, "glue-etl/1.2.3/glue-etl.jar")
        stored_jar = client("s3").get_object(Bucket=bucket("artifacts"), Key=key)["Body"].read()
        self.assertEqual(stored_jar, b"stands in for a jar")

    def test_every_argument_is_glues_or_the_mains(self):
        # https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html
        glue = {
            "--TempDir", "--class", "--conf", "--custom-logGroup-prefix", "--datalake-formats", "--enable-auto-scaling",
            "--enable-job-insights", "--enable-metrics", "--enable-observability-metrics", "--extra-jars", "--job-language",
        }
        self.assertEqual(set(self.arguments) - glue, {"--config"})
        # The main takes what has a dot for a key of its configuration.
        self.assertEqual([argument for argument in self.arguments if "." in argument], [])

    def test_spark_gets_its_settings_as_one_value(self):
        pairs = self.arguments["--conf"].split(" --conf ")
        settings = dict(pair.split("=", 1) for pair in pairs)
        self.assertEqual(settings["spark.sql.catalog.lake"], "org.apache.iceberg.spark.SparkCatalog")
        self.assertEqual(settings["spark.sql.catalog.lake.warehouse"], deploy()["lake"]["uri"])
        self.assertEqual(settings["spark.sql.ansi.enabled"], "false")
        self.assertEqual([key for key in settings if not re.fullmatch(r"spark\.[\w.-]+", key)], [])

    def test_its_script_and_configuration_are_where_it_looks(self):
        self.assertEqual(self.job["Command"]["ScriptLocation"], f"s3://{bucket('artifacts')}/glue-etl/placeholder.scala")
        client("s3").head_object(Bucket=bucket("artifacts"), Key="glue-etl/placeholder.scala")
        self.assertEqual(self.arguments["--config"], f"s3://{bucket('artifacts')}/glue-etl/glue-etl.conf")
        config = stored("glue-etl/glue-etl.conf")
        self.assertEqual(config, deploy()["configs"]["etl"])
        self.assertEqual(config["staging"]["uri"], f"s3://{bucket('data')}/staging")
        self.assertEqual(config["staging"]["retention"], "30d")
        self.assertEqual(config["tables"], [
            {"topic": "gauges", "mode": "upsert"},
            {"topic": "orders.eu", "mode": "append", "columns": {"total": "decimal(12,2)"}},
        ])

    @unittest.skipUnless(BUILT, "glue-etl.jar or sandbox/lake is not built")
    def test_the_job_itself_finds_its_arguments_and_configuration_good(self):
        arguments = [part for pair in self.arguments.items() for part in pair if pair[0] != "--config"]
        with tempfile.NamedTemporaryFile("w", suffix=".conf") as file:
            json.dump(stored("glue-etl/glue-etl.conf"), file)
            file.flush()
            done = subprocess.run(
                ["java", "-cp", f"{JAR}:{PROVIDED.read_text()}", self.arguments["--class"]]
                # As Glue calls it, but for the place of the configuration.
                + [*arguments, "--JOB_NAME", self.job["Name"], "--JOB_RUN_ID", "jr_1", "--config", file.name, "--check"],
                text=True,
                capture_output=True,
                check=False,
            )
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_it_logs_where_logs_are_encrypted_and_end(self):
        prefix = self.arguments["--custom-logGroup-prefix"]
        groups = {group["logGroupName"]: group for group in client("logs").describe_log_groups()["logGroups"]}
        for ending in ("/error", "/output"):
            self.assertEqual(groups[prefix + ending]["retentionInDays"], 30)
            self.assertIn(":key/", groups[prefix + ending]["kmsKeyId"])


class Schedule(unittest.TestCase):
    def test_the_job_runs_each_hour_and_the_crawler_after_it(self):
        triggers = {trigger["Name"]: trigger for trigger in client("glue").get_triggers()["Triggers"]}
        job, crawler = deploy()["etl"]["job"], deploy()["etl"]["crawler"]
        schedule = triggers[f"{job}-schedule"]
        self.assertEqual((schedule["Type"], schedule["Schedule"]), ("SCHEDULED", "cron(5 * * * ? *)"))
        self.assertEqual([action["JobName"] for action in schedule["Actions"]], [job])
        crawl = triggers[f"{job}-crawl"]
        self.assertEqual((schedule["State"], crawl["State"]), ("ACTIVATED", "ACTIVATED"))
        self.assertEqual([action["CrawlerName"] for action in crawl["Actions"]], [crawler])
        self.assertEqual(
            [(one["JobName"], one["State"]) for one in crawl["Predicate"]["Conditions"]], [(job, "SUCCEEDED")]
        )


class Catalog(unittest.TestCase):
    def test_the_crawler_looks_at_staging_a_table_for_each_topic(self):
        crawler = client("glue").get_crawler(Name=deploy()["etl"]["crawler"])["Crawler"]
        targets = crawler["Targets"]["S3Targets"]
        self.assertEqual(
            sorted(target["Path"] for target in targets),
            sorted(
                f"s3://{bucket('data')}/staging/{topic}/"
                for topic in ("gauges", "gauges.rejected", "orders.eu", "orders.eu.rejected")
            ),
        )
        self.assertEqual({tuple(target["Exclusions"]) for target in targets}, {("**/_*",)})
        self.assertEqual(json.loads(crawler["Configuration"])["Grouping"]["TableLevelConfiguration"], 3)
        self.assertEqual(crawler["SchemaChangePolicy"], {"UpdateBehavior": "UPDATE_IN_DATABASE", "DeleteBehavior": "LOG"})
        self.assertEqual(crawler["DatabaseName"], "staging")

    def test_the_lakes_database_lies_in_the_warehouse(self):
        database = client("glue").get_database(Name="lake")["Database"]
        self.assertEqual(database["LocationUri"], deploy()["lake"]["uri"])

    def test_tables_that_were_named_are_optimized(self):
        for kind in ("compaction", "retention", "orphan_file_deletion"):
            found = client("glue").get_table_optimizer(CatalogId="123456789012", DatabaseName="lake", TableName="gauges", Type=kind)
            self.assertTrue(found["TableOptimizer"]["configuration"]["enabled"], kind)


class Athena(unittest.TestCase):
    def test_a_query_is_bounded_and_its_answer_encrypted(self):
        group = client("athena").get_work_group(WorkGroup=deploy()["lake"]["workgroup"])["WorkGroup"]["Configuration"]
        self.assertTrue(group["EnforceWorkGroupConfiguration"])
        self.assertEqual(group["BytesScannedCutoffPerQuery"], 100 * 1024**3)
        result = group["ResultConfiguration"]
        self.assertEqual(result["OutputLocation"], f"s3://{bucket('scratch')}/athena/")
        self.assertEqual(result["EncryptionConfiguration"]["EncryptionOption"], "SSE_KMS")

    def test_each_query_is_there_for_each_table(self):
        athena = client("athena")
        ids = athena.list_named_queries(WorkGroup=deploy()["lake"]["workgroup"])["NamedQueryIds"]
        found = [athena.get_named_query(NamedQueryId=one)["NamedQuery"] for one in ids]
        self.assertEqual({query["Database"] for query in found}, {"lake"})
        tables = sorted(deploy()["lake"]["tables"].values())
        self.assertEqual(tables, ["gauges", "orders_eu"])
        self.assertEqual(len(found), len(QUERIES) * len(tables) - 1, "rejects is one table")
        for query in found:
            self.assertTrue(query["Description"], query["Name"])
            table = query["Name"].partition(": ")[2]
            if table:
                self.assertRegex(query["QueryString"], rf'"{table}["$]')
