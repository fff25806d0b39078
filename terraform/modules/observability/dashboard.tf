# One page: what flows, what waits, what is refused, and what it runs on. Rows of three, from source to lake.

data "aws_region" "current" {}

locals {
  # [namespace, metric, dimension, value, ..., {stat}], as a dashboard wants it.
  flat = { for key, dimensions in local.dimensions : key => flatten([for name, value in dimensions : [name, value]]) }

  own = {
    producer = { for key, metric in local.metrics.producer : key => [for topic in var.topics : concat([var.namespace, metric], local.flat["producer/${topic}"])] }
    consumer = { for key, metric in local.metrics.consumer : key => [concat([var.namespace, metric], local.flat["consumer"])] }
    etl      = { for key, metric in local.metrics.etl : key => [concat([var.namespace, metric], local.flat["etl"])] }
    agent = { for key, metric in local.metrics.agent : key => [
      for role, dimensions in local.roles : concat([var.agent_namespace, metric], flatten([for name, value in dimensions : [name, value]]))
    ] }
  }
  of_broker = { for metric in ["BytesInPerSec", "BytesOutPerSec", "CpuUser", "KafkaDataLogsDiskUsed", "UnderMinIsrPartitionCount"] :
    metric => [for id in keys(local.brokers) : [local.kafka, metric, "Cluster Name", var.cluster_name, "Broker ID", id]]
  }
  waiting = [for topic in var.topics : [local.kafka, "EstimatedMaxTimeLag", "Cluster Name", var.cluster_name, "Consumer Group", var.group, "Topic", topic]]

  widgets = [
    { title = "Published: records a minute", stat = "Sum", metrics = local.own.producer.records },
    { title = "Staged: records a minute", stat = "Sum", metrics = local.own.consumer.records },
    { title = "Merged: records a run", stat = "Sum", metrics = local.own.etl.records },

    { title = "Waiting to be staged: seconds", stat = "Maximum", metrics = local.waiting },
    { title = "Waiting to be staged: offsets", stat = "Maximum", metrics = local.own.consumer.lag },
    { title = "From read to staged: ms", stat = "p99", metrics = concat(local.own.consumer.staging, local.own.consumer.upload) },

    { title = "Refused", stat = "Sum", metrics = concat(local.own.producer.rejects, local.own.consumer.undecodable, local.own.etl.rejects) },
    { title = "Ready: the least of all", stat = "Minimum", metrics = concat(local.own.producer.ready, local.own.consumer.ready) },
    { title = "Standing still: seconds", stat = "Maximum", metrics = concat(local.own.producer.standstill, local.own.consumer.standstill) },

    { title = "Commits to Kafka: ms", stat = "p99", metrics = local.own.producer.commit },
    { title = "Tries again, restarts", stat = "Sum", metrics = concat(local.own.consumer.retries, local.own.producer.restarts) },
    { title = "Merges", stat = "Sum", metrics = concat(local.own.etl.succeeded, local.own.etl.failed, local.own.etl.tables_failed) },

    { title = "Bytes published and staged", stat = "Sum", metrics = concat(local.own.producer.bytes, local.own.consumer.bytes) },
    { title = "Links", stat = "Sum", metrics = local.own.consumer.links },
    { title = "Merges: seconds", stat = "Maximum", metrics = local.own.etl.duration },

    { title = "Brokers: bytes in and out", stat = "Average", metrics = concat(local.of_broker["BytesInPerSec"], local.of_broker["BytesOutPerSec"]) },
    { title = "Brokers: processors and disks, %", stat = "Maximum", metrics = concat(local.of_broker["CpuUser"], local.of_broker["KafkaDataLogsDiskUsed"]) },
    { title = "Brokers: partitions with too few copies", stat = "Maximum", metrics = local.of_broker["UnderMinIsrPartitionCount"] },

    { title = "Consumers", stat = "Average", metrics = [["AWS/AutoScaling", "GroupInServiceInstances", "AutoScalingGroupName", var.autoscaling_group]] },
    { title = "Hosts: memory and disks, %", stat = "Maximum", metrics = concat(local.own.agent.memory, local.own.agent.disk) },
    { title = "Daemons: heap and buffers, %", stat = "Maximum", metrics = concat(local.own.producer.heap, local.own.consumer.heap, local.own.consumer.buffer) },
  ]
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name
  dashboard_body = jsonencode({
    widgets = [for at, widget in local.widgets : {
      type   = "metric"
      x      = 8 * (at % 3)
      y      = 6 * floor(at / 3)
      width  = 8
      height = 6
      properties = {
        title   = widget.title
        region  = data.aws_region.current.name
        view    = "timeSeries"
        stacked = false
        period  = 60
        stat    = widget.stat
        metrics = widget.metrics
      }
    }]
  })
}
