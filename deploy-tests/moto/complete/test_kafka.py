import unittest

from aws import client, deploy, group_ids


class Cluster(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cluster = client("kafka").describe_cluster(ClusterArn=deploy()["kafka"]["cluster_arn"])["ClusterInfo"]

    def test_three_brokers_stand_in_three_zones_behind_their_group(self):
        nodes = self.cluster["BrokerNodeGroupInfo"]
        self.assertEqual(self.cluster["NumberOfBrokerNodes"], 3)
        subnets = client("ec2").describe_subnets(SubnetIds=nodes["ClientSubnets"])["Subnets"]
        self.assertEqual(len({subnet["AvailabilityZone"] for subnet in subnets}), 3)
        self.assertEqual(nodes["SecurityGroups"], [group_ids()["brokers"]])

    def test_all_is_encrypted_and_a_role_is_the_way_in(self):
        encryption = self.cluster["EncryptionInfo"]
        self.assertEqual(encryption["EncryptionInTransit"], {"ClientBroker": "TLS", "InCluster": True})
        self.assertIn(":key/", encryption["EncryptionAtRest"]["DataVolumeKMSKeyId"])
        authentication = self.cluster["ClientAuthentication"]
        self.assertTrue(authentication["Sasl"]["Iam"]["Enabled"])
        self.assertFalse(authentication["Unauthenticated"]["Enabled"])

    def test_its_configuration_is_what_the_guarantees_rest_on(self):
        configuration = self.cluster["CurrentBrokerSoftwareInfo"]
        found = client("kafka").describe_configuration_revision(
            Arn=configuration["ConfigurationArn"], Revision=configuration["ConfigurationRevision"]
        )
        properties = dict(line.split("=", 1) for line in found["ServerProperties"].decode().splitlines())
        self.assertEqual(properties, {
            "auto.create.topics.enable": "false",
            "default.replication.factor": "3",
            "log.retention.hours": "168",
            "message.max.bytes": "4194304",
            "min.insync.replicas": "2",
            "offsets.topic.replication.factor": "3",
            "replica.fetch.max.bytes": "4194304",
            "transaction.state.log.min.isr": "2",
            "transaction.state.log.replication.factor": "3",
            "unclean.leader.election.enable": "false",
        })

    def test_a_second_configuration_of_a_name_is_refused(self):
        """So an upgrade, which makes the new one before the old one goes, must give it another name."""
        kafka = client("kafka")
        found = kafka.describe_configuration(Arn=self.cluster["CurrentBrokerSoftwareInfo"]["ConfigurationArn"])
        self.assertEqual("lab-3-9-x-kraft", found["Name"])
        with self.assertRaises(kafka.exceptions.ConflictException):
            kafka.create_configuration(Name=found["Name"], ServerProperties=b"")

    def test_brokers_say_what_they_do(self):
        logs = self.cluster["LoggingInfo"]["BrokerLogs"]["CloudWatchLogs"]
        self.assertEqual(logs, {"Enabled": True, "LogGroup": deploy()["logs"]["brokers"]})

    def test_the_topics_that_are_wanted_are_told(self):
        topics = {topic["name"]: topic for topic in deploy()["kafka"]["topics"]}
        self.assertEqual(
            {name: (topic["partitions"], topic["config"]["cleanup.policy"]) for name, topic in topics.items()},
            {
                "gauges": (3, "delete"),
                "gauges.rejected": (1, "delete"),
                "orders.eu": (2, "delete"),
                "orders.eu.rejected": (1, "delete"),
                "tributary.checkpoints": (1, "compact"),
            },
        )
        self.assertEqual(topics["orders.eu"]["config"]["retention.ms"], str(48 * 3600 * 1000))
        self.assertEqual({topic["replication_factor"] for topic in topics.values()}, {3})

    def test_disks_grow_by_themselves(self):
        targets = client("application-autoscaling").describe_scalable_targets(ServiceNamespace="kafka")["ScalableTargets"]
        self.assertEqual([(one["ResourceId"], one["MaxCapacity"]) for one in targets], [(deploy()["kafka"]["cluster_arn"], 1000)])
