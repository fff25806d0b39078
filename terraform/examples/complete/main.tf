# All of Tributary in one account and region. docs/deploy.md leads through it.

data "aws_caller_identity" "current" {}

# What a host runs on where nothing was baked yet, and the bastion always.
data "aws_ssm_parameter" "amazon_linux" {
  name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
}

locals {
  tags = { Project = "tributary", Installation = var.name }

  zones    = [for letter in var.zones : "${var.region}${letter}"]
  account  = data.aws_caller_identity.current.account_id
  plain    = data.aws_ssm_parameter.amazon_linux.insecure_value
  image_id = coalesce(var.image_id, local.plain)

  staging_prefix    = "staging"
  lake_prefix       = "lake"
  group             = "tributary"
  checkpoints_topic = "tributary.checkpoints"
  namespaces        = { programs = "Tributary", agent = "CWAgent" }

  broker_port = { iam = 9098, tls = 9094, plaintext = 9092 }[var.kafka.access]

  names     = sort(keys(var.topics))
  rejects   = [for name in local.names : "${name}.rejected"]
  consumed  = sort(concat(local.names, local.rejects))
  retention = { for name, topic in var.topics : name => coalesce(topic.retention_hours, var.kafka.retention_hours) }

  # What ansible/topics.yml makes. Copies and their least number are the brokers' defaults, and said here all the same:
  # the guarantees rest on them (docs/guarantees.md).
  durable = { "min.insync.replicas" = "2", "unclean.leader.election.enable" = "false" }
  topics = concat(
    [for name in local.names : {
      name               = name
      partitions         = var.topics[name].partitions
      replication_factor = 3
      config = merge(local.durable, {
        "cleanup.policy" = "delete"
        "retention.ms"   = tostring(local.retention[name] * 3600 * 1000)
      })
    }],
    [for name in local.names : {
      name               = "${name}.rejected"
      partitions         = 1
      replication_factor = 3
      config = merge(local.durable, {
        "cleanup.policy" = "delete"
        "retention.ms"   = tostring(local.retention[name] * 3600 * 1000)
      })
    }],
    [{
      name               = local.checkpoints_topic
      partitions         = 1
      replication_factor = 3
      config             = merge(local.durable, { "cleanup.policy" = "compact" })
    }],
  )
  partitions = sum([for topic in local.topics : topic.partitions if topic.name != local.checkpoints_topic])

  # docs/config/consumer-daemon.md. JSON is HOCON.
  consumer_config = merge(local.consumer_place, {
    for key, value in var.consumer_settings : key => try(merge(local.consumer_place[key], value), value)
  })
  consumer_place = {
    topics = local.consumed
    kafka = {
      bootstrap-servers = module.msk.bootstrap_servers
      client            = module.msk.client
      group             = local.group
    }
    s3         = { region = var.region }
    staging    = { bucket = module.storage.buckets["data"].name, prefix = local.staging_prefix }
    cloudwatch = local.cloudwatch
  }

  # The file by which Ansible configures the agent, too.
  consumer_agent = templatefile("${path.root}/../../../ansible/roles/cloudwatch_agent/templates/agent.json.tftpl", {
    installation      = var.name
    program           = "consumer"
    region            = var.region
    metrics_namespace = local.namespaces.agent
    log_group         = module.logs.groups["consumer"].name
    system_log_group  = module.logs.groups["system"].name
  })

  # What all sources share; which source and topic, whoever deploys it says (docs/config/producer-daemon.md).
  producer_config = {
    kafka = {
      bootstrap-servers = module.msk.bootstrap_servers
      client            = module.msk.client
    }
    s3         = { region = var.region }
    cloudwatch = local.metrics
  }

  metrics = {
    enabled     = true
    namespace   = local.namespaces.programs
    region      = var.region
    environment = var.name
  }
  # Consumers and the job have many topics: one name for all of them, which alarms can know.
  cloudwatch = merge(local.metrics, { topic = local.group })

  # As the job names them: docs/config/glue-etl.md.
  tables = { for name, topic in var.topics : name => replace(lower(coalesce(topic.table, name)), "/[^a-z0-9_]/", "_") }
}

module "key" {
  source = "../../modules/key"

  name = var.name
}

module "network" {
  source = "../../modules/network"

  name         = var.name
  zones        = local.zones
  nat_gateways = var.nat_gateways
  admin_cidrs  = var.admin_cidrs
  broker_port  = local.broker_port
}

module "storage" {
  source = "../../modules/storage"

  name         = var.name
  suffix       = local.account
  key_arn      = module.key.arn
  destroy_data = var.destroy_data
}

module "logs" {
  source = "../../modules/logs"

  name           = var.name
  key_arn        = module.key.arn
  retention_days = var.log_retention_days
}

module "msk" {
  source = "../../modules/msk"

  name              = var.name
  kafka_version     = var.kafka.version
  access            = var.kafka.access
  brokers           = var.kafka.brokers
  instance_type     = var.kafka.instance_type
  volume_gib        = var.kafka.volume_gib
  volume_max_gib    = var.kafka.volume_max_gib
  retention_hours   = var.kafka.retention_hours
  subnet_ids        = module.network.private_subnet_ids
  security_group_id = module.network.security_groups["brokers"]
  key_arn           = module.key.arn
  log_group         = module.logs.groups["brokers"].name
}

module "identity" {
  source = "../../modules/identity"

  name                 = var.name
  cluster_arn          = module.msk.cluster_arn
  kafka_access         = var.kafka.access
  topics               = local.consumed
  checkpoints_topic    = local.checkpoints_topic
  group                = local.group
  sources              = [for prefix in var.source_prefixes : { bucket_arn = module.storage.buckets["data"].arn, prefix = prefix }]
  data_bucket_arn      = module.storage.buckets["data"].arn
  artifacts_bucket_arn = module.storage.buckets["artifacts"].arn
  scratch_bucket_arn   = module.storage.buckets["scratch"].arn
  staging_prefix       = local.staging_prefix
  generations          = var.generations
  lake_prefix          = local.lake_prefix
  lake_database        = var.databases.lake
  staging_database     = var.databases.staging
  etl_deletes_links    = var.etl.staging_retention != null
  optimizers           = length(var.etl.optimized_tables) > 0
  key_arn              = module.key.arn
  host_log_group_arns  = [for key in ["producer", "consumer", "system"] : module.logs.groups[key].arn]
  etl_log_group_arns   = [for key in ["etl_error", "etl_output"] : module.logs.groups[key].arn]
  metrics_namespace    = local.namespaces.programs
  agent_namespace      = local.namespaces.agent
}

resource "aws_key_pair" "admin" {
  count = var.admin_public_key == null ? 0 : 1

  key_name   = "${var.name}-admin"
  public_key = var.admin_public_key
}

module "bastion" {
  source = "../../modules/bastion"

  name              = var.name
  image_id          = local.plain
  subnet_id         = module.network.public_subnet_ids[0]
  security_group_id = module.network.security_groups["bastion"]
  instance_profile  = module.identity.instance_profiles["bastion"]
  key_name          = one(aws_key_pair.admin[*].key_name)
}

module "hosts" {
  source = "../../modules/hosts"

  name                   = var.name
  tags                   = local.tags
  image_id               = local.image_id
  subnet_ids             = module.network.private_subnet_ids
  security_groups        = module.network.security_groups
  instance_profiles      = module.identity.instance_profiles
  key_name               = one(aws_key_pair.admin[*].key_name)
  producers              = var.producers.count
  producer_instance_type = var.producers.instance_type
  consumers              = { min = var.consumers.min, max = var.consumers.max }
  consumer_instance_type = var.consumers.instance_type
  consumer_files = {
    "/etc/tributary/consumer.conf"                                      = "${jsonencode(local.consumer_config)}\n"
    "/opt/aws/amazon-cloudwatch-agent/etc/amazon-cloudwatch-agent.json" = "${jsonencode(jsondecode(local.consumer_agent))}\n"
  }
  partitions   = local.partitions
  cluster_name = module.msk.cluster_name
  group        = local.group
  lag_topics   = local.names
}

module "etl" {
  source = "../../modules/etl"

  name             = var.name
  region           = var.region
  role_arns        = { for key, role in module.identity.roles : key => role.arn if contains(["etl", "crawler", "optimizer"], key) }
  data_bucket      = module.storage.buckets["data"].name
  artifacts_bucket = module.storage.buckets["artifacts"].name
  scratch_bucket   = module.storage.buckets["scratch"].name
  staging_prefix   = local.staging_prefix
  lake_prefix      = local.lake_prefix
  lake_database    = var.databases.lake
  staging_database = var.databases.staging
  tables = [for name in local.names : {
    topic     = name
    table     = var.topics[name].table
    mode      = var.topics[name].mode
    transform = var.topics[name].transform
    columns   = var.topics[name].columns
    rules     = var.topics[name].rules
  }]
  crawled_topics    = local.consumed
  jar_version       = var.etl.jar_version
  jar_file          = var.etl.jar_file
  glue_version      = var.etl.glue_version
  worker_type       = var.etl.worker_type
  workers           = var.etl.workers
  timeout_minutes   = var.etl.timeout_minutes
  schedule          = var.etl.schedule
  crawl             = var.etl.crawl
  enabled           = var.etl.enabled
  staging_retention = var.etl.staging_retention
  optimized_tables  = var.etl.optimized_tables
  log_prefix        = module.logs.etl_prefix
  settings          = { cloudwatch = local.cloudwatch }
}

module "athena" {
  source = "../../modules/athena"

  name           = var.name
  database       = module.etl.databases["lake"]
  tables         = [for name in local.names : local.tables[name]]
  queries        = "${path.root}/../../../athena"
  results_bucket = module.storage.buckets["scratch"].name
  key_arn        = module.key.arn
  scan_limit_gib = var.scan_limit_gib
}

module "observability" {
  source = "../../modules/observability"

  name               = var.name
  key_arn            = module.key.arn
  emails             = var.alarm_emails
  namespace          = local.namespaces.programs
  agent_namespace    = local.namespaces.agent
  topics             = local.names
  group              = local.group
  cluster_name       = module.msk.cluster_name
  brokers            = var.kafka.brokers
  producer_ids       = { for name, host in module.hosts.producers : name => host.id }
  autoscaling_group  = module.hosts.autoscaling_group
  job                = module.etl.job
  crawler            = module.etl.crawler
  merge_within_hours = var.merge_within_hours
}

# Refuses `terraform destroy` before anything is destroyed: a bucket with data would stop it only when all that protects the
# data is gone already. It depends on everything, so it goes first; what counts is the value that was applied.
resource "terraform_data" "data_is_kept" {
  input = var.destroy_data

  provisioner "local-exec" {
    when    = destroy
    quiet   = true
    command = self.input ? "exit 0" : "echo destroy_data is false: apply it with true before you destroy the data && exit 1"
  }

  depends_on = [
    module.key, module.network, module.storage, module.logs, module.msk, module.identity, module.bastion, module.hosts,
    module.etl, module.athena, module.observability, aws_key_pair.admin,
  ]
}
