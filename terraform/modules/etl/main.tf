# The merge on Glue: one thin jar, its schedule, the catalog's databases, and the crawlers over staging. Tables of the
# lake are made and committed by the job itself; no crawler goes there.

locals {
  job      = "${var.name}-merge"
  jar_key  = "glue-etl/${var.jar_version}/glue-etl.jar"
  conf_key = "glue-etl/glue-etl.conf"

  # The job's rule, as in docs/config/glue-etl.md. What checks var.tables itself has to write it again.
  table_names = [for table in var.tables : replace(lower(coalesce(table.table, table.topic)), "/[^a-z0-9_]/", "_")]

  catalog = {
    type            = "glue"
    warehouse       = "s3://${var.data_bucket}/${var.lake_prefix}"
    io-impl         = "org.apache.iceberg.aws.s3.S3FileIO"
    "client.region" = var.region
    # Without it each commit leaves a version of the table in the catalog, and these are limited.
    "glue.skip-archive" = "true"
  }

  config = merge(
    {
      staging = merge(
        {
          uri = "s3://${var.data_bucket}/${var.staging_prefix}"
          s3  = { region = var.region }
        },
        var.staging_retention == null ? {} : { retention = var.staging_retention },
      )
      catalog  = { name = var.catalog_name, properties = local.catalog }
      database = var.lake_database
      tables = [for table in var.tables : merge(
        { for key, value in table : key => value if value != null },
      )]
    },
    var.settings,
  )

  # Static settings: Glue has begun the session when our main is called.
  spark = merge(
    {
      "spark.sql.extensions"                                = "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions"
      "spark.sql.catalog.${var.catalog_name}"               = "org.apache.iceberg.spark.SparkCatalog"
      "spark.sql.catalog.${var.catalog_name}.cache-enabled" = "false"
      "spark.sql.ansi.enabled"                              = "false"
      "spark.sql.session.timeZone"                          = "UTC"
    },
    { for key, value in local.catalog : "spark.sql.catalog.${var.catalog_name}.${key}" => value },
  )
  # One value: the first pair bare, the others each with a --conf before it.
  conf = join(" --conf ", [for key, value in local.spark : "${key}=${value}"])
}

resource "aws_s3_object" "config" {
  bucket       = var.artifacts_bucket
  key          = local.conf_key
  content      = "${jsonencode(local.config)}\n"
  content_type = "application/json"
}

# The class is in the jar, but a job must name a script.
resource "aws_s3_object" "script" {
  bucket  = var.artifacts_bucket
  key     = "glue-etl/placeholder.scala"
  content = "// The job's class comes by --class from --extra-jars.\n"
}

resource "aws_s3_object" "jar" {
  count = var.jar_file == null ? 0 : 1

  bucket      = var.artifacts_bucket
  key         = local.jar_key
  source      = var.jar_file
  source_hash = filesha256(var.jar_file)
}

resource "aws_glue_job" "merge" {
  name            = local.job
  description     = "Merges what is staged into the lake"
  role_arn        = var.role_arns.etl
  glue_version    = var.glue_version
  execution_class = "STANDARD"
  worker_type     = var.worker_type
  # The most: auto scaling takes fewer.
  number_of_workers = var.workers
  timeout           = var.timeout_minutes
  # A run that failed merged nothing by halves: the next one goes on from the watermark.
  max_retries = 1

  # Two at once would be right, but one of them would work for nothing.
  execution_property {
    max_concurrent_runs = 1
  }

  command {
    name            = "glueetl"
    script_location = "s3://${var.artifacts_bucket}/${aws_s3_object.script.key}"
  }

  default_arguments = merge(
    {
      "--job-language"                 = "scala"
      "--class"                        = "io.tributary.etl.EtlMain"
      "--extra-jars"                   = "s3://${var.artifacts_bucket}/${local.jar_key}"
      "--config"                       = "s3://${var.artifacts_bucket}/${aws_s3_object.config.key}"
      "--datalake-formats"             = "iceberg"
      "--conf"                         = local.conf
      "--enable-auto-scaling"          = "true"
      "--enable-metrics"               = "true"
      "--enable-observability-metrics" = "true"
      "--enable-job-insights"          = "true"
      "--custom-logGroup-prefix"       = var.log_prefix
      "--TempDir"                      = "s3://${var.scratch_bucket}/glue-etl/tmp/"
    },
    var.spark_ui ? {
      "--enable-spark-ui"       = "true"
      "--spark-event-logs-path" = "s3://${var.scratch_bucket}/glue-etl/events/"
    } : {},
  )
}

resource "aws_glue_trigger" "schedule" {
  name              = "${local.job}-schedule"
  description       = "Starts the merge"
  type              = "SCHEDULED"
  schedule          = var.schedule
  enabled           = var.enabled
  start_on_creation = var.enabled

  actions {
    job_name = aws_glue_job.merge.name
  }
}

resource "aws_glue_catalog_database" "lake" {
  name         = var.lake_database
  description  = "Tables that the merge keeps"
  location_uri = "s3://${var.data_bucket}/${var.lake_prefix}"
}

resource "aws_glue_catalog_database" "staging" {
  name        = var.staging_database
  description = "Staged records as they arrived: what crawlers find"
}
