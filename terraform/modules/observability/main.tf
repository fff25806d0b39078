# Who is told, and of what: one topic for all alarms. The names of our own metrics stand in metrics.tf.json and nowhere
# else; dimensions are Service, Env and Topic for programs (docs/metrics.md), Env and Role for the agent.

data "aws_caller_identity" "current" {}

locals {
  account = data.aws_caller_identity.current.account_id

  # Dimensions of a program's metrics. All consumers share theirs, and so do all runs of the job.
  dimensions = merge(
    { for topic in var.topics : "producer/${topic}" => { Service = local.services.producer, Env = var.name, Topic = topic } },
    {
      consumer = { Service = local.services.consumer, Env = var.name, Topic = var.group }
      etl      = { Service = local.services.etl, Env = var.name, Topic = var.group }
    },
  )
  roles   = { for role in ["producer", "consumer"] : role => { Env = var.name, Role = role } }
  brokers = { for id in range(1, var.brokers + 1) : tostring(id) => { "Cluster Name" = var.cluster_name, "Broker ID" = tostring(id) } }
}

resource "aws_sns_topic" "alarms" {
  name              = "${var.name}-alarms"
  kms_master_key_id = var.key_arn
}

resource "aws_sns_topic_policy" "alarms" {
  arn = aws_sns_topic.alarms.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Alarms"
        Effect    = "Allow"
        Principal = { Service = "cloudwatch.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.alarms.arn
        Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
      },
      {
        # EventBridge knows no conditions in a topic's policy.
        Sid       = "Events"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.alarms.arn
      },
    ]
  })
}

resource "aws_sns_topic_subscription" "email" {
  for_each = toset(var.emails)

  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = each.key
}

# A run that failed says so at once, whatever its metrics say.
resource "aws_cloudwatch_event_rule" "glue" {
  for_each = {
    job     = { type = "Glue Job State Change", detail = { jobName = [var.job], state = ["FAILED", "TIMEOUT"] } }
    crawler = { type = "Glue Crawler State Change", detail = { crawlerName = [var.crawler], state = ["Failed"] } }
  }

  name        = "${var.name}-${each.key}-failed"
  description = "The ${each.key} failed"
  event_pattern = jsonencode({
    source      = ["aws.glue"]
    detail-type = [each.value.type]
    detail      = each.value.detail
  })
}

resource "aws_cloudwatch_event_target" "glue" {
  for_each = aws_cloudwatch_event_rule.glue

  rule = each.value.name
  arn  = aws_sns_topic.alarms.arn
}
