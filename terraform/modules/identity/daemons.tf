# The daemons on EC2, the agent beside them, and the way in.
#
# S3 says 404 of an object that is not there only to who may list the bucket, and 403 to others. That question has no
# prefix: a condition that wants one is not met, and absence would look like refusal. Hence IfExists.

locals {
  kafka_access = var.kafka_access == "iam"

  producer = concat(
    [for statement in [
      {
        Sid      = "Cluster"
        Effect   = "Allow"
        Action   = ["kafka-cluster:Connect", "kafka-cluster:WriteDataIdempotently"]
        Resource = [var.cluster_arn]
      },
      {
        Sid    = "Publish"
        Effect = "Allow"
        Action = [
          "kafka-cluster:DescribeTopic",
          "kafka-cluster:DescribeTopicDynamicConfiguration",
          "kafka-cluster:WriteData",
        ]
        Resource = concat(local.topics, [local.own])
      },
      {
        Sid      = "OwnPosition"
        Effect   = "Allow"
        Action   = ["kafka-cluster:ReadData"]
        Resource = [local.own]
      },
      {
        # transactional.id is tributary-SOURCE: another program of that name could shut the daemon out.
        Sid      = "Transactions"
        Effect   = "Allow"
        Action   = ["kafka-cluster:AlterTransactionalId", "kafka-cluster:DescribeTransactionalId"]
        Resource = ["${local.kafka["transactional-id"]}/tributary-*"]
      },
    ] : statement if local.kafka_access],
    [for statement in [
      {
        Sid       = "FindFiles"
        Effect    = "Allow"
        Action    = ["s3:ListBucket"]
        Resource  = distinct([for source in var.sources : source.bucket_arn])
        Condition = { StringLikeIfExists = { "s3:prefix" = [for source in var.sources : "${source.prefix}*"] } }
      },
      {
        Sid      = "ReadFiles"
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = [for source in var.sources : "${source.bucket_arn}/${source.prefix}*"]
      },
      {
        Sid      = "DecryptFiles"
        Effect   = "Allow"
        Action   = ["kms:Decrypt"]
        Resource = [var.key_arn]
      },
    ] : statement if length(var.sources) > 0],
    [local.custom_metrics],
  )

  consumer = concat(
    [for statement in [
      {
        Sid      = "Cluster"
        Effect   = "Allow"
        Action   = ["kafka-cluster:Connect"]
        Resource = [var.cluster_arn]
      },
      {
        Sid      = "Read"
        Effect   = "Allow"
        Action   = ["kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"]
        Resource = local.topics
      },
      {
        Sid      = "Group"
        Effect   = "Allow"
        Action   = ["kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"]
        Resource = ["${local.kafka.group}/${var.group}"]
      },
    ] : statement if local.kafka_access],
    [
      {
        Sid       = "FindLinks"
        Effect    = "Allow"
        Action    = ["s3:ListBucket"]
        Resource  = [var.data_bucket_arn]
        Condition = { StringLikeIfExists = { "s3:prefix" = local.under } }
      },
      {
        # Creation only if absent needs no right of its own. A link is never deleted from here.
        Sid      = "Links"
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject"]
        Resource = local.links
      },
      {
        Sid      = "Encryption"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = [var.key_arn]
      },
    ],
    [local.custom_metrics],
  )

  custom_metrics = {
    Sid       = "Metrics"
    Effect    = "Allow"
    Action    = ["cloudwatch:PutMetricData"]
    Resource  = ["*"]
    Condition = { StringEquals = { "cloudwatch:namespace" = [var.metrics_namespace] } }
  }

  # The CloudWatch agent runs beside the daemons, under their host's role.
  agent = [
    {
      Sid       = "AgentMetrics"
      Effect    = "Allow"
      Action    = ["cloudwatch:PutMetricData"]
      Resource  = ["*"]
      Condition = { StringEquals = { "cloudwatch:namespace" = [var.agent_namespace] } }
    },
    {
      Sid      = "AgentLogs"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
      Resource = flatten([for arn in var.host_log_group_arns : [arn, "${arn}:*"]])
    },
    {
      # The name of its Auto Scaling group is a tag.
      Sid      = "AgentTags"
      Effect   = "Allow"
      Action   = ["ec2:DescribeTags"]
      Resource = ["*"]
    },
  ]

  # What Session Manager needs; AWS's managed policy would also allow to read every parameter of the account.
  sessions = [{
    Sid    = "Sessions"
    Effect = "Allow"
    Action = [
      "ssm:UpdateInstanceInformation",
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
    ]
    Resource = ["*"]
  }]

  become_topics = [{
    Sid      = "BecomeTopics"
    Effect   = "Allow"
    Action   = ["sts:AssumeRole"]
    Resource = ["arn:${local.partition}:iam::${local.account}:role/${var.name}-topics"]
  }]

  make_topics = [
    {
      Sid      = "Cluster"
      Effect   = "Allow"
      Action   = ["kafka-cluster:Connect", "kafka-cluster:DescribeCluster"]
      Resource = [var.cluster_arn]
    },
    {
      Sid    = "Topics"
      Effect = "Allow"
      Action = [
        "kafka-cluster:AlterTopic",
        "kafka-cluster:AlterTopicDynamicConfiguration",
        "kafka-cluster:CreateTopic",
        "kafka-cluster:DescribeTopic",
        "kafka-cluster:DescribeTopicDynamicConfiguration",
      ]
      Resource = concat(local.topics, [local.own])
    },
    {
      # A stuck group is looked at and forgotten by people (docs/runbooks/stuck-group.md), never by a daemon.
      Sid      = "Group"
      Effect   = "Allow"
      Action   = ["kafka-cluster:DeleteGroup", "kafka-cluster:DescribeGroup"]
      Resource = ["${local.kafka.group}/${var.group}"]
    },
  ]
}
