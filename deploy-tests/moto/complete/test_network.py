import unittest

from aws import client, deploy, group_ids, name, vpc_id


def of_vpc(call, key):
    return getattr(client("ec2"), call)(Filters=[{"Name": "vpc-id", "Values": [vpc_id()]}])[key]


class Subnets(unittest.TestCase):
    def test_two_public_and_three_private_ones_lie_in_different_zones(self):
        zones = {"public": set(), "private": set()}
        for subnet in of_vpc("describe_subnets", "Subnets"):
            tag = next(tag["Value"] for tag in subnet["Tags"] if tag["Key"] == "Name")
            zones["public" if "-public-" in tag else "private"].add(subnet["AvailabilityZone"])
            self.assertFalse(subnet["MapPublicIpOnLaunch"], tag)
        self.assertEqual({kind: len(found) for kind, found in zones.items()}, {"public": 2, "private": 3})

    def test_private_ones_reach_the_internet_by_nat_only(self):
        for table in of_vpc("describe_route_tables", "RouteTables"):
            tag = next((tag["Value"] for tag in table["Tags"] if tag["Key"] == "Name"), "")
            defaults = [route for route in table["Routes"] if route.get("DestinationCidrBlock") == "0.0.0.0/0"]
            if "-private-" in tag:
                self.assertEqual([("NatGatewayId" in route, route.get("GatewayId", "")) for route in defaults], [(True, "")], tag)
            elif tag.endswith("-public"):
                self.assertTrue(defaults[0]["GatewayId"].startswith("igw-"), tag)

    def test_s3_is_reached_without_nat(self):
        endpoints = of_vpc("describe_vpc_endpoints", "VpcEndpoints")
        self.assertEqual([(one["VpcEndpointType"], one["ServiceName"]) for one in endpoints], [("Gateway", "com.amazonaws.eu-central-1.s3")])
        private = {
            table["RouteTableId"]
            for table in of_vpc("describe_route_tables", "RouteTables")
            if any("-private-" in tag["Value"] for tag in table["Tags"])
        }
        self.assertEqual(set(endpoints[0]["RouteTableIds"]), private)


class Edges(unittest.TestCase):
    def test_what_flows_is_allowed_and_nothing_else(self):
        names = {group: short for short, group in group_ids().items()}
        edges = set()
        for rule in client("ec2").describe_security_group_rules()["SecurityGroupRules"]:
            if rule["GroupId"] not in names:
                continue
            peer = rule.get("ReferencedGroupInfo", {}).get("GroupId")
            edges.add((
                names[rule["GroupId"]],
                "to" if rule["IsEgress"] else "from",
                names[peer] if peer else rule.get("CidrIpv4"),
                rule["IpProtocol"],
                (rule["FromPort"], rule["ToPort"]),
            ))
        ssh, kafka, https = ("tcp", (22, 22)), ("tcp", (9098, 9098)), ("tcp", (443, 443))
        self.assertEqual(edges, {
            ("bastion", "from", "203.0.113.0/24", *ssh),
            ("bastion", "to", "producer", *ssh),
            ("bastion", "to", "consumer", *ssh),
            ("bastion", "to", "0.0.0.0/0", *https),
            ("producer", "from", "bastion", *ssh),
            ("producer", "to", "brokers", *kafka),
            ("producer", "to", "0.0.0.0/0", *https),
            ("consumer", "from", "bastion", *ssh),
            ("consumer", "to", "brokers", *kafka),
            ("consumer", "to", "0.0.0.0/0", *https),
            ("brokers", "from", "producer", *kafka),
            ("brokers", "from", "consumer", *kafka),
        })

    def test_nothing_but_the_bastion_is_in_a_public_subnet(self):
        public = {subnet["SubnetId"] for subnet in of_vpc("describe_subnets", "Subnets") if "-public-" in str(subnet["Tags"])}
        hosts = [
            (tag["Value"], host["SubnetId"] in public)
            for reservation in of_vpc("describe_instances", "Reservations")
            for host in reservation["Instances"]
            for tag in host["Tags"]
            if tag["Key"] == "Name"
        ]
        self.assertEqual(sorted(set(hosts)), [
            (f"{name()}-bastion", True), (f"{name()}-consumer", False), (f"{name()}-producer-1", False),
        ])
        self.assertEqual(len(deploy()["hosts"]["consumers"]), 2)
