"""moto's server, and the calls that the provider makes and moto lacks: configurations and bootstrap brokers of MSK,
deletion of Athena's named queries, optimizers of Glue's tables, tags of scalable targets, refreshes of an Auto Scaling
group (which replace nothing here). And Glue's UpdateTable compares VersionId, as Glue does and moto does not: commits of
two writers would be lost. Takes the arguments of moto_server. With TRIBUTARY_MOTO_LINKS_ARE_OLD, objects below staging/
are two hours older than they are."""

import json
import os
import sys
import threading
import uuid
from datetime import timedelta
from urllib.parse import unquote

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse
from moto.athena.responses import AthenaResponse
from moto.autoscaling.responses import AutoScalingResponse
from moto.glue.responses import GlueResponse
from moto.iam.access_control import IAMPolicyStatement, PermissionResult
from moto.kafka import urls
from moto.kafka.exceptions import BadRequestException, KafkaException, NotFoundException
from moto.kafka.models import FakeKafkaCluster, KafkaBackend
from moto.kafka.responses import KafkaResponse
from moto.s3.models import FakeKey
from moto.server import main

LONG_AGO = "2026-01-01T00:00:00Z"


class NoConfiguration(BadRequestException):
    """As MSK says it; the provider waits for these words when it deletes one."""

    def __init__(self, arn):
        super().__init__(f"Configuration ARN does not exist: {arn}")


class NameIsTaken(KafkaException):
    """As MSK says it of a second configuration of one name."""

    code = 409

    def __init__(self):
        super().__init__("ConflictException", "A resource with this name already exists.")


class Configuration:
    """A configuration of brokers, with its revisions."""

    known = {}

    def __init__(self, arn, name, description, versions):
        self.arn, self.name, self.description, self.versions = arn, name, description, versions
        self.revisions = []

    def add(self, properties):
        self.revisions.append(properties)
        return self

    def latest(self):
        return {"revision": len(self.revisions), "creationTime": LONG_AGO, "description": self.description}

    def to_dict(self):
        return {
            "arn": self.arn,
            "name": self.name,
            "description": self.description,
            "kafkaVersions": self.versions,
            "creationTime": LONG_AGO,
            "state": "ACTIVE",
            "latestRevision": self.latest(),
        }

    @classmethod
    def of(cls, response):
        """The one that the request's path names."""
        arn = unquote(response.parsed_url.path).split("/v1/configurations/")[1].split("/revisions")[0]
        if arn not in cls.known:
            raise NoConfiguration(arn)
        return cls.known[arn]


def create_configuration(self):
    name = self._get_param("name")
    if name in {known.name for known in Configuration.known.values()}:
        raise NameIsTaken
    arn = f"arn:aws:kafka:{self.region}:{self.current_account}:configuration/{name}/{uuid.uuid4()}-1"
    made = Configuration(arn, name, self._get_param("description") or "", self._get_param("kafkaVersions") or [])
    Configuration.known[arn] = made.add(self._get_param("serverProperties"))
    return json.dumps(made.to_dict())


def describe_configuration(self):
    return json.dumps(Configuration.of(self).to_dict())


def update_configuration(self):
    found = Configuration.of(self).add(self._get_param("serverProperties"))
    return json.dumps({"arn": found.arn, "latestRevision": found.latest()})


def describe_configuration_revision(self):
    found = Configuration.of(self)
    revision = int(self.parsed_url.path.rsplit("/", 1)[1])
    answer = {"arn": found.arn, "serverProperties": found.revisions[revision - 1]}
    return json.dumps({**answer, **found.latest(), "revision": revision})


def delete_configuration(self):
    found = Configuration.known.pop(Configuration.of(self).arn)
    return json.dumps({"arn": found.arn, "state": "DELETING"})


def get_bootstrap_brokers(self):
    arn = unquote(self.parsed_url.path).split("/clusters/")[1].split("/bootstrap-brokers")[0]
    cluster = self.kafka_backend.clusters[arn]

    def servers(port):
        domain = f"{cluster.cluster_name}.kafka.{self.region}.amazonaws.com"
        return ",".join(f"b-{at + 1}.{domain}:{port}" for at in range(cluster.number_of_broker_nodes))

    return json.dumps({"bootstrapBrokerStringTls": servers(9094), "bootstrapBrokerStringSaslIam": servers(9098)})


def clusters_are_made_at_once():
    """moto leaves clusters CREATING, names them unlike AWS, and knows nothing of those that are gone."""
    init = FakeKafkaCluster.__init__

    def made(self, *args, **kwargs):
        init(self, *args, **{**kwargs, "state": "ACTIVE"})
        self.cluster_id = f"{uuid.uuid4()}-1"
        self.arn = f"arn:aws:kafka:{self.region_name}:{self.account_id}:cluster/{self.cluster_name}/{self.cluster_id}"
        self.creation_time = LONG_AGO

    def of_existing(call):
        def guarded(self, cluster_arn, *args, **kwargs):
            if cluster_arn not in self.clusters:
                raise NotFoundException(f"no cluster {cluster_arn}")
            return call(self, cluster_arn, *args, **kwargs)

        return guarded

    FakeKafkaCluster.__init__ = made
    for name in ("describe_cluster", "describe_cluster_v2", "delete_cluster"):
        setattr(KafkaBackend, name, of_existing(getattr(KafkaBackend, name)))


def delete_named_query(self):
    self.athena_backend.named_queries.pop(self._get_param("NamedQueryId"), None)
    return "{}"


TABLES = threading.Lock()


def update_table(self):
    database, table, expected = self._get_param("DatabaseName"), self._get_param("TableInput"), self._get_param("VersionId")
    with TABLES:
        current = self.glue_backend.get_table(database, table["Name"]).as_dict()["VersionId"]
        if expected not in (None, current):
            problem = f"{table['Name']} is at version {current}, not {expected}"
            return 400, {}, json.dumps({"__type": "ConcurrentModificationException", "Message": problem})
        self.glue_backend.update_table(database, table["Name"], table)
    return "{}"


OPTIMIZERS = {}


def _optimizer(self):
    return tuple(self._get_param(key) for key in ("CatalogId", "DatabaseName", "TableName", "Type"))


def create_table_optimizer(self):
    OPTIMIZERS[_optimizer(self)] = self._get_param("TableOptimizerConfiguration")
    return "{}"


def get_table_optimizer(self):
    key = _optimizer(self)
    if key not in OPTIMIZERS:
        return 400, {}, json.dumps({"__type": "EntityNotFoundException", "Message": f"no optimizer {key}"})
    catalog, database, table, kind = key
    optimizer = {"type": kind, "configuration": OPTIMIZERS[key]}
    return json.dumps({"CatalogId": catalog, "DatabaseName": database, "TableName": table, "TableOptimizer": optimizer})


def delete_table_optimizer(self):
    OPTIMIZERS.pop(_optimizer(self), None)
    return "{}"


def list_tags_for_resource(self):
    return json.dumps({"Tags": {}})


def tag_resource(self):
    return "{}"


def start_instance_refresh(self):
    answer = f"<StartInstanceRefreshResult><InstanceRefreshId>{uuid.uuid4()}</InstanceRefreshId></StartInstanceRefreshResult>"
    names = "http://autoscaling.amazonaws.com/doc/2011-01-01/"
    return f'<StartInstanceRefreshResponse xmlns="{names}">{answer}</StartInstanceRefreshResponse>'


def every_request_came_by_tls():
    """moto has no TLS here, and takes a statement for all that does not come by TLS for one for all."""
    judge = IAMPolicyStatement.is_action_permitted

    def judged(self, *args, **kwargs):
        if "aws:SecureTransport" in json.dumps(self._statement.get("Condition", {})):
            return PermissionResult.NEUTRAL
        return judge(self, *args, **kwargs)

    IAMPolicyStatement.is_action_permitted = judged


def links_are_two_hours_old():
    """Two hours: the shortest retention of staged objects is one."""
    init = FakeKey.__init__

    def made(self, *args, **kwargs):
        init(self, *args, **kwargs)
        if self.name.startswith("staging/"):
            self.last_modified -= timedelta(hours=2)

    FakeKey.__init__ = made


def teach():
    clusters_are_made_at_once()
    if "TRIBUTARY_MOTO_LINKS_ARE_OLD" in os.environ:
        links_are_two_hours_old()
    every_request_came_by_tls()
    for response, calls in {
        KafkaResponse: (
            create_configuration,
            describe_configuration,
            update_configuration,
            describe_configuration_revision,
            delete_configuration,
            get_bootstrap_brokers,
        ),
        ApplicationAutoScalingResponse: (list_tags_for_resource, tag_resource),
        AutoScalingResponse: (start_instance_refresh,),
        AthenaResponse: (delete_named_query,),
        GlueResponse: (update_table, create_table_optimizer, get_table_optimizer, delete_table_optimizer),
    }.items():
        for call in calls:
            setattr(response, call.__name__, call)
    paths = urls.url_paths
    # The pattern of a cluster's ARN takes everything: what is longer goes before it.
    any_cluster = "{0}/v1/clusters/(?P<clusterArn>.+)$"
    last = paths.pop(any_cluster)
    for path in (
        "{0}/v1/configurations$",
        "{0}/v1/configurations/(?P<arn>.+)/revisions/(?P<revision>[^/]+)$",
        "{0}/v1/configurations/(?P<arn>.+)$",
        "{0}/v1/clusters/(?P<clusterArn>.+)/bootstrap-brokers$",
    ):
        paths[path] = KafkaResponse.dispatch
    paths[any_cluster] = last


if __name__ == "__main__":
    teach()
    main(sys.argv[1:])
