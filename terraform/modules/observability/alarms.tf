# What is worth waking somebody. Each alarm says in its description what to look at first.

locals {
  kafka = "AWS/Kafka"

  # statistic, comparison (">" or "<"), threshold; minutes: in how many of how many in a row. missing: what no data means.
  alarms = merge(
    {
      brokers-offline-partitions = {
        about     = "Partitions have no leader: nobody can write to them. Look at the brokers' state."
        namespace = local.kafka, metric = "OfflinePartitionsCount", dimensions = { "Cluster Name" = var.cluster_name }
        statistic = "Maximum", comparison = ">", threshold = 0, minutes = 2, missing = "notBreaching"
      }
      brokers-no-controller = {
        about     = "The cluster has no controller, or more than one."
        namespace = local.kafka, metric = "ActiveControllerCount", dimensions = { "Cluster Name" = var.cluster_name }
        statistic = "Maximum", comparison = "<", threshold = 1, minutes = 3, missing = "notBreaching"
      }
      consumer-not-ready = {
        about     = "A consumer has not been ready for ten minutes, or none says anything. Ask /ready on its host for the reason."
        namespace = var.namespace, metric = local.metrics.consumer.ready, dimensions = local.dimensions["consumer"]
        statistic = "Minimum", comparison = "<", threshold = 1, minutes = 10, missing = "breaching"
      }
      consumer-stands-still = {
        about     = "A partition with something to read has stood for five minutes. /ready names it and says why."
        namespace = var.namespace, metric = local.metrics.consumer.standstill, dimensions = local.dimensions["consumer"]
        statistic = "Maximum", comparison = ">", threshold = 300, minutes = 5, missing = "notBreaching"
      }
      consumer-undecodable = {
        about     = "Records could not be decoded. They are in the table rejected, whole: see the query Rejects."
        namespace = var.namespace, metric = local.metrics.consumer.undecodable, dimensions = local.dimensions["consumer"]
        statistic = "Sum", comparison = ">", threshold = 0, minutes = 1, missing = "notBreaching"
      }
      merge-failed-tables = {
        about     = "A table could not be merged; the others were. The job's log names it and says why."
        namespace = var.namespace, metric = local.metrics.etl.tables_failed, dimensions = local.dimensions["etl"]
        statistic = "Sum", comparison = ">", threshold = 0, minutes = 1, missing = "notBreaching"
      }
    },
    {
      for topic in var.topics : "lag-${topic}" => {
        about      = "Records of ${topic} wait for a quarter of an hour. Are the consumers at their most, or not ready?"
        namespace  = local.kafka, metric = "EstimatedMaxTimeLag"
        dimensions = { "Cluster Name" = var.cluster_name, "Consumer Group" = var.group, "Topic" = topic }
        statistic  = "Maximum", comparison = ">", threshold = 900, minutes = 15, missing = "notBreaching"
      }
    },
    {
      for topic in var.topics : "producer-stands-still-${topic}" => {
        about     = "A source of ${topic} with something to do has done nothing for ten minutes. /ready on its host says why."
        namespace = var.namespace, metric = local.metrics.producer.standstill, dimensions = local.dimensions["producer/${topic}"]
        statistic = "Maximum", comparison = ">", threshold = 600, minutes = 5, missing = "notBreaching"
      }
    },
    {
      for topic in var.topics : "producer-not-ready-${topic}" => {
        about     = "A source of ${topic} has not been ready for ten minutes. A source that ended says nothing, and that is no alarm."
        namespace = var.namespace, metric = local.metrics.producer.ready, dimensions = local.dimensions["producer/${topic}"]
        statistic = "Minimum", comparison = "<", threshold = 1, minutes = 10, missing = "notBreaching"
      }
    },
    {
      for id, dimensions in local.brokers : "broker-${id}-disk" => {
        about     = "Broker ${id}'s disk is nearly full, though it grows by itself: has it reached its most?"
        namespace = local.kafka, metric = "KafkaDataLogsDiskUsed", dimensions = dimensions
        statistic = "Maximum", comparison = ">", threshold = 85, minutes = 5, missing = "notBreaching"
      }
    },
    {
      for id, dimensions in local.brokers : "broker-${id}-min-isr" => {
        about     = "Partitions on broker ${id} have too few copies in sync: writes to them wait."
        namespace = local.kafka, metric = "UnderMinIsrPartitionCount", dimensions = dimensions
        statistic = "Maximum", comparison = ">", threshold = 0, minutes = 5, missing = "notBreaching"
      }
    },
    {
      for role, dimensions in local.roles : "${role}-disk" => {
        about     = "The disk of a ${role}'s host is nearly full."
        namespace = var.agent_namespace, metric = local.metrics.agent.disk, dimensions = dimensions
        statistic = "Maximum", comparison = ">", threshold = 85, minutes = 10, missing = "notBreaching"
      }
    },
    {
      for role, dimensions in local.roles : "${role}-memory" => {
        about     = "A ${role}'s host has hardly any memory left."
        namespace = var.agent_namespace, metric = local.metrics.agent.memory, dimensions = dimensions
        statistic = "Maximum", comparison = ">", threshold = 92, minutes = 10, missing = "notBreaching"
      }
    },
    {
      for host, id in var.producer_ids : "${host}-broken" => {
        about     = "The host ${host} does not pass its checks. AWS tries to recover it; what it published stays published."
        namespace = "AWS/EC2", metric = "StatusCheckFailed", dimensions = { InstanceId = id }
        statistic = "Maximum", comparison = ">", threshold = 0, minutes = 5, missing = "notBreaching"
      }
    },
  )

  comparisons = { ">" = "GreaterThanThreshold", "<" = "LessThanThreshold" }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.about
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  comparison_operator = local.comparisons[each.value.comparison]
  threshold           = each.value.threshold
  period              = 60
  evaluation_periods  = each.value.minutes
  datapoints_to_alarm = each.value.minutes
  treat_missing_data  = each.value.missing
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

# A broker's processors are user and system together.
resource "aws_cloudwatch_metric_alarm" "broker_cpu" {
  for_each = local.brokers

  alarm_name          = "${var.name}-broker-${each.key}-cpu"
  alarm_description   = "Broker ${each.key}'s processors are busy beyond 60 %: the loss of a broker would overload the others."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 60
  evaluation_periods  = 15
  datapoints_to_alarm = 15
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  metric_query {
    id          = "busy"
    label       = "Busy, %"
    expression  = "user + system"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { user = "CpuUser", system = "CpuSystem" }

    content {
      id = metric_query.key

      metric {
        namespace   = local.kafka
        metric_name = metric_query.value
        dimensions  = each.value
        period      = 60
        stat        = "Average"
      }
    }
  }
}

# Nothing merged for hours is worse than a run that failed, and no run at all leaves no event.
resource "aws_cloudwatch_metric_alarm" "no_merge" {
  alarm_name          = "${var.name}-no-merge"
  alarm_description   = "No merge has succeeded for ${var.merge_within_hours} hours. Is the trigger on? What do the job's runs say?"
  namespace           = var.namespace
  metric_name         = local.metrics.etl.succeeded
  dimensions          = local.dimensions["etl"]
  statistic           = "Sum"
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  period              = 3600
  evaluation_periods  = var.merge_within_hours
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}
