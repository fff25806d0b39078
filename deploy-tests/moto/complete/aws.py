"""What the assertions share: clients, Terraform's outputs, and how to look for things."""

import functools
import json

import boto3

# Filled before the assertions run.
outputs = {}


@functools.cache
def client(service):
    """A client of moto: the environment says where it is."""
    return boto3.client(service)


def deploy():
    return outputs["deploy"]


def name():
    return deploy()["name"]


def bucket(key):
    return deploy()["buckets"][key]


def group_ids():
    """Ids of our security groups by their short names."""
    groups = client("ec2").describe_security_groups()["SecurityGroups"]
    mark = name() + "-"
    return {group["GroupName"].removeprefix(mark): group["GroupId"] for group in groups if group["GroupName"].startswith(mark)}


def vpc_id():
    return client("ec2").describe_vpcs(Filters=[{"Name": "tag:Name", "Values": [name()]}])["Vpcs"][0]["VpcId"]


def statements(role):
    """What a role is allowed, as the API tells it."""
    iam = client("iam")
    found = []
    for policy in iam.list_role_policies(RoleName=role)["PolicyNames"]:
        found += iam.get_role_policy(RoleName=role, PolicyName=policy)["PolicyDocument"]["Statement"]
    return found


def listed(value):
    return value if isinstance(value, list) else [value]


def stored(key, bucket_key="artifacts"):
    """The JSON in an object."""
    return json.loads(client("s3").get_object(Bucket=bucket(bucket_key), Key=key)["Body"].read())


def what_is_left():
    """What is still there after a destruction."""
    mark = name()
    found = {
        "buckets": [one["Name"] for one in client("s3").list_buckets()["Buckets"]],
        "roles": [one["RoleName"] for one in client("iam").list_roles()["Roles"]],
        "clusters": [one["ClusterName"] for one in client("kafka").list_clusters_v2()["ClusterInfoList"]],
        "jobs": client("glue").list_jobs()["JobNames"],
        "crawlers": client("glue").list_crawlers()["CrawlerNames"],
        "alarms": [one["AlarmName"] for one in client("cloudwatch").describe_alarms()["MetricAlarms"]],
        "groups of hosts": [
            one["AutoScalingGroupName"]
            for one in client("autoscaling").describe_auto_scaling_groups()["AutoScalingGroups"]
        ],
        "log groups": [one["logGroupName"].strip("/") for one in client("logs").describe_log_groups()["logGroups"]],
        "security groups": [one["GroupName"] for one in client("ec2").describe_security_groups()["SecurityGroups"]],
        "hosts": [
            f"{mark}: {host['InstanceId']}"
            for reservation in client("ec2").describe_instances()["Reservations"]
            for host in reservation["Instances"]
            if host["State"]["Name"] != "terminated"
        ],
    }
    return [f"{kind} {one}" for kind, names in found.items() for one in names if one.startswith(mark)]
