# What runs on Glue: the job, the crawlers, and the optimizers of tables where there are any.

locals {
  lake_catalog = [
    "${local.catalog}:catalog",
    "${local.catalog}:database/${var.lake_database}",
    "${local.catalog}:table/${var.lake_database}/*",
  ]
  staging_catalog = [
    "${local.catalog}:catalog",
    "${local.catalog}:database/${var.staging_database}",
    "${local.catalog}:table/${var.staging_database}/*",
  ]

  etl = concat(
    [
      {
        Sid       = "Find"
        Effect    = "Allow"
        Action    = ["s3:ListBucket"]
        Resource  = [var.data_bucket_arn]
        Condition = { StringLikeIfExists = { "s3:prefix" = concat(local.under, ["${var.lake_prefix}/*"]) } }
      },
      {
        Sid      = "ReadLinks"
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = local.links
      },
      {
        # Deletes files of snapshots that expired, and orphans.
        Sid      = "Lake"
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
        Resource = [local.lake]
      },
    ],
    [for statement in [
      {
        # Only with staging.retention: links that are merged and old.
        Sid      = "CleanUp"
        Effect   = "Allow"
        Action   = ["s3:DeleteObject"]
        Resource = local.links
      },
    ] : statement if var.etl_deletes_links],
    [
      {
        Sid      = "Artifacts"
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = ["${var.artifacts_bucket_arn}/glue-etl/*"]
      },
      {
        Sid      = "Temporary"
        Effect   = "Allow"
        Action   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
        Resource = ["${var.scratch_bucket_arn}/glue-etl/*"]
      },
      {
        Sid       = "FindTemporary"
        Effect    = "Allow"
        Action    = ["s3:ListBucket"]
        Resource  = [var.artifacts_bucket_arn, var.scratch_bucket_arn]
        Condition = { StringLike = { "s3:prefix" = ["glue-etl/*"] } }
      },
      {
        Sid      = "Encryption"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = [var.key_arn]
      },
      {
        Sid      = "Tables"
        Effect   = "Allow"
        Action   = ["glue:CreateTable", "glue:GetDatabase", "glue:GetTable", "glue:UpdateTable"]
        Resource = local.lake_catalog
      },
      {
        Sid      = "Logs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = flatten([for arn in var.etl_log_group_arns : [arn, "${arn}:*"]])
      },
      {
        Sid       = "Metrics"
        Effect    = "Allow"
        Action    = ["cloudwatch:PutMetricData"]
        Resource  = ["*"]
        Condition = { StringEquals = { "cloudwatch:namespace" = ["Glue", var.metrics_namespace] } }
      },
    ],
  )

  crawler = [
    {
      Sid       = "FindLinks"
      Effect    = "Allow"
      Action    = ["s3:ListBucket"]
      Resource  = [var.data_bucket_arn]
      Condition = { StringLike = { "s3:prefix" = local.under } }
    },
    {
      Sid      = "ReadLinks"
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = local.links
    },
    {
      Sid      = "Decrypt"
      Effect   = "Allow"
      Action   = ["kms:Decrypt"]
      Resource = [var.key_arn]
    },
    {
      Sid    = "Tables"
      Effect = "Allow"
      Action = [
        "glue:BatchCreatePartition",
        "glue:BatchGetPartition",
        "glue:BatchUpdatePartition",
        "glue:CreateTable",
        "glue:GetDatabase",
        "glue:GetPartitions",
        "glue:GetTable",
        "glue:GetTables",
        "glue:UpdatePartition",
        "glue:UpdateTable",
      ]
      Resource = local.staging_catalog
    },
    {
      # Crawlers have one log group for an account, and make it themselves.
      Sid      = "Logs"
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = ["arn:${local.partition}:logs:${local.region}:${local.account}:log-group:/aws-glue/crawlers*"]
    },
  ]

  optimizer = [
    {
      Sid      = "Lake"
      Effect   = "Allow"
      Action   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
      Resource = [local.lake]
    },
    {
      Sid       = "Find"
      Effect    = "Allow"
      Action    = ["s3:ListBucket"]
      Resource  = [var.data_bucket_arn]
      Condition = { StringLikeIfExists = { "s3:prefix" = ["${var.lake_prefix}/*"] } }
    },
    {
      Sid      = "Encryption"
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource = [var.key_arn]
    },
    {
      Sid      = "Tables"
      Effect   = "Allow"
      Action   = ["glue:GetTable", "glue:UpdateTable"]
      Resource = local.lake_catalog
    },
    {
      Sid      = "Logs"
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = ["arn:${local.partition}:logs:${local.region}:${local.account}:log-group:/aws-glue/iceberg-*"]
    },
  ]
}
