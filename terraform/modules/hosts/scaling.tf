# Consumers follow the lag. What was read is committed when it is staged, so the lag is never below the roll age, and
# says nothing of a group that is merely waiting for a link to fill: the thresholds are above it.

locals {
  lag = [for at, topic in var.lag_topics : {
    id    = "lag${at}"
    topic = topic
  }]
  lags = join(",", [for metric in local.lag : "FILL(${metric.id},0)"])
}

resource "aws_autoscaling_policy" "more" {
  name                      = "${var.name}-consumer-more"
  autoscaling_group_name    = aws_autoscaling_group.consumer.name
  policy_type               = "StepScaling"
  adjustment_type           = "ChangeInCapacity"
  metric_aggregation_type   = "Maximum"
  estimated_instance_warmup = 180

  step_adjustment {
    scaling_adjustment          = 1
    metric_interval_lower_bound = 0
    metric_interval_upper_bound = var.scaling.more_above_seconds * 4
  }

  step_adjustment {
    scaling_adjustment          = 2
    metric_interval_lower_bound = var.scaling.more_above_seconds * 4
  }
}

resource "aws_autoscaling_policy" "fewer" {
  name                      = "${var.name}-consumer-fewer"
  autoscaling_group_name    = aws_autoscaling_group.consumer.name
  policy_type               = "StepScaling"
  adjustment_type           = "ChangeInCapacity"
  metric_aggregation_type   = "Minimum"
  estimated_instance_warmup = 180

  step_adjustment {
    scaling_adjustment          = -1
    metric_interval_lower_bound = 0
  }
}

resource "aws_cloudwatch_metric_alarm" "more" {
  alarm_name          = "${var.name}-consumer-more"
  alarm_description   = "Records wait longer than ${var.scaling.more_above_seconds} s: another consumer."
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.scaling.more_above_seconds
  evaluation_periods  = 3
  datapoints_to_alarm = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_autoscaling_policy.more.arn]

  metric_query {
    id          = "worst"
    label       = "Longest wait, s"
    expression  = "MAX([${local.lags}])"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = local.lag

    content {
      id = metric_query.value.id

      metric {
        namespace   = "AWS/Kafka"
        metric_name = "EstimatedMaxTimeLag"
        period      = 60
        stat        = "Maximum"
        dimensions = {
          "Cluster Name"   = var.cluster_name
          "Consumer Group" = var.group
          "Topic"          = metric_query.value.topic
        }
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "fewer" {
  alarm_name          = "${var.name}-consumer-fewer"
  alarm_description   = "Nothing waits and the processors idle: one consumer less."
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  evaluation_periods  = 20
  datapoints_to_alarm = 20
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_autoscaling_policy.fewer.arn]

  metric_query {
    id          = "idle"
    label       = "Idle"
    expression  = "IF(MAX([${local.lags}]) < ${var.scaling.fewer_below_seconds} AND cpu < ${var.scaling.fewer_below_cpu}, 1, 0)"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = local.lag

    content {
      id = metric_query.value.id

      metric {
        namespace   = "AWS/Kafka"
        metric_name = "EstimatedMaxTimeLag"
        period      = 60
        stat        = "Maximum"
        dimensions = {
          "Cluster Name"   = var.cluster_name
          "Consumer Group" = var.group
          "Topic"          = metric_query.value.topic
        }
      }
    }
  }

  metric_query {
    id = "cpu"

    metric {
      namespace   = "AWS/EC2"
      metric_name = "CPUUtilization"
      period      = 60
      stat        = "Average"
      dimensions  = { AutoScalingGroupName = aws_autoscaling_group.consumer.name }
    }
  }
}
