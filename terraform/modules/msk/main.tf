# The Kafka cluster, with the replication that the guarantees rest on (docs/guarantees.md). Topics are made by
# ansible/topics.yml from the output `deploy`: the provider has no resource for them.

locals {
  server_properties = {
    "auto.create.topics.enable"                = "false"
    "default.replication.factor"               = "3"
    "min.insync.replicas"                      = "2"
    "unclean.leader.election.enable"           = "false"
    "offsets.topic.replication.factor"         = "3"
    "transaction.state.log.replication.factor" = "3"
    "transaction.state.log.min.isr"            = "2"
    "log.retention.hours"                      = tostring(var.retention_hours)
    "message.max.bytes"                        = tostring(var.message_max_bytes)
    "replica.fetch.max.bytes"                  = tostring(var.message_max_bytes)
  }

  port = { iam = 9098, tls = 9094, plaintext = 9092 }[var.access]

  # Properties for every Kafka client: kafka.client in the daemons' configuration.
  client = {
    iam = {
      "security.protocol"                  = "SASL_SSL"
      "sasl.mechanism"                     = "AWS_MSK_IAM"
      "sasl.jaas.config"                   = "software.amazon.msk.auth.iam.IAMLoginModule required;"
      "sasl.client.callback.handler.class" = "software.amazon.msk.auth.iam.IAMClientCallbackHandler"
    }
    tls       = { "security.protocol" = "SSL" }
    plaintext = {}
  }[var.access]

  bootstrap = {
    iam       = aws_msk_cluster.this.bootstrap_brokers_sasl_iam
    tls       = aws_msk_cluster.this.bootstrap_brokers_tls
    plaintext = aws_msk_cluster.this.bootstrap_brokers
  }[var.access]
}

resource "aws_msk_configuration" "this" {
  # Another version of Kafka is another configuration, made before the old one goes, and MSK refuses a second of a name.
  name              = "${var.name}-${replace(var.kafka_version, ".", "-")}"
  description       = "Replication for exactly-once delivery"
  kafka_versions    = [var.kafka_version]
  server_properties = join("\n", [for key, value in local.server_properties : "${key}=${value}"])

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_msk_cluster" "this" {
  cluster_name           = var.name
  kafka_version          = var.kafka_version
  number_of_broker_nodes = var.brokers
  enhanced_monitoring    = var.monitoring

  broker_node_group_info {
    instance_type   = var.instance_type
    client_subnets  = var.subnet_ids
    security_groups = [var.security_group_id]

    storage_info {
      ebs_storage_info {
        volume_size = var.volume_gib
      }
    }
  }

  configuration_info {
    arn      = aws_msk_configuration.this.arn
    revision = aws_msk_configuration.this.latest_revision
  }

  encryption_info {
    encryption_at_rest_kms_key_arn = var.key_arn

    encryption_in_transit {
      client_broker = var.access == "plaintext" ? "TLS_PLAINTEXT" : "TLS"
      in_cluster    = true
    }
  }

  client_authentication {
    unauthenticated = var.access != "iam"

    sasl {
      iam = var.access == "iam"
    }
  }

  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled   = true
        log_group = var.log_group
      }
    }
  }

  lifecycle {
    precondition {
      condition     = var.brokers % length(var.subnet_ids) == 0
      error_message = "MSK wants the same number of brokers in each subnet."
    }

    # Whatever storage autoscaling added, stays.
    ignore_changes = [broker_node_group_info[0].storage_info[0].ebs_storage_info[0].volume_size]
  }
}

# A full disk stops the brokers; storage can only grow.
resource "aws_appautoscaling_target" "storage" {
  service_namespace  = "kafka"
  scalable_dimension = "kafka:broker-storage:VolumeSize"
  resource_id        = aws_msk_cluster.this.arn
  min_capacity       = 1
  max_capacity       = var.volume_max_gib
}

resource "aws_appautoscaling_policy" "storage" {
  name               = "${var.name}-broker-storage"
  service_namespace  = aws_appautoscaling_target.storage.service_namespace
  scalable_dimension = aws_appautoscaling_target.storage.scalable_dimension
  resource_id        = aws_appautoscaling_target.storage.resource_id
  policy_type        = "TargetTrackingScaling"

  target_tracking_scaling_policy_configuration {
    target_value     = 60
    disable_scale_in = true

    predefined_metric_specification {
      predefined_metric_type = "KafkaBrokerStorageUtilization"
    }
  }
}
