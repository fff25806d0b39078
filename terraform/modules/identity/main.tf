# A role for each program, allowed to do what it calls and nothing else. deploy-tests/moto/terraform compares the
# statements with the calls that runs of the programs recorded, in both directions; what is allowed without a call has its
# reason in deploy-tests/iam.json.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.name

  # arn:…:cluster/NAME/ID names topics …:topic/NAME/ID/TOPIC, and groups and transactions alike.
  kafka   = { for kind in ["topic", "group", "transactional-id"] : kind => replace(var.cluster_arn, ":cluster/", ":${kind}/") }
  topics  = [for topic in var.topics : "${local.kafka.topic}/${topic}"]
  own     = "${local.kafka.topic}/${var.checkpoints_topic}"
  catalog = "arn:${local.partition}:glue:${local.region}:${local.account}"

  # Staging, and the generations that replay writes beside it.
  links = [for prefix in concat([var.staging_prefix], var.generations) : "${var.data_bucket_arn}/${prefix}/*"]
  under = [for prefix in concat([var.staging_prefix], var.generations) : "${prefix}/*"]
  lake  = "${var.data_bucket_arn}/${var.lake_prefix}/*"

  roles = { for key, role in local.programs : key => role if key != "optimizer" || var.optimizers }

  programs = {
    producer  = { service = "ec2", statements = concat(local.producer, local.agent, local.sessions, local.become_topics) }
    consumer  = { service = "ec2", statements = concat(local.consumer, local.agent, local.sessions) }
    bastion   = { service = "ec2", statements = local.sessions }
    etl       = { service = "glue", statements = local.etl }
    crawler   = { service = "glue", statements = local.crawler }
    optimizer = { service = "glue", statements = local.optimizer }
  }
}

resource "aws_iam_role" "this" {
  for_each = local.roles

  name        = "${var.name}-${each.key}"
  description = "What ${each.key} may do"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "${each.value.service}.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  for_each = local.roles

  name   = each.key
  role   = aws_iam_role.this[each.key].id
  policy = jsonencode({ Version = "2012-10-17", Statement = each.value.statements })
}

resource "aws_iam_instance_profile" "this" {
  for_each = { for key, role in local.roles : key => role if role.service == "ec2" }

  name = "${var.name}-${each.key}"
  role = aws_iam_role.this[each.key].name
}

# Makes topics (ansible/topics.yml), from a producer's host, which alone may become it: no daemon holds that right while
# it runs. Deletes none. People who work on topics or the group by docs/runbooks/ become it, too.
resource "aws_iam_role" "topics" {
  name        = "${var.name}-topics"
  description = "What making topics may do"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = aws_iam_role.this["producer"].arn }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "topics" {
  name   = "topics"
  role   = aws_iam_role.topics.id
  policy = jsonencode({ Version = "2012-10-17", Statement = local.make_topics })
}
