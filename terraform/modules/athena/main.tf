# Where people ask: a workgroup that bounds what one query may scan, and the named queries of athena/.

locals {
  # The first comment lines of a file: "-- NAME: DESCRIPTION", continued by further comment lines.
  files = { for file in fileset(var.queries, "*.sql") : trimsuffix(file, ".sql") => file("${var.queries}/${file}") }
  heads = { for key, text in local.files : key => regex("^-- ([^:\n]+): ([^\n]+)\n((?:--[^\n]*\n)*)", text) }

  # Queries speak of the table gauges, the sample's, or of "gauges$snapshots"; here each is written for each table, in
  # quotes: a name may begin with a digit, or be a word of SQL. Those that speak of other tables are there once.
  each_table = merge([for table in var.tables : {
    for key, text in local.files : "${key}/${table}" => {
      name        = "${local.heads[key][0]}: ${table}"
      description = local.heads[key][1]
      query       = replace(replace(text, "/([^\"])\\bgauges\\b/", "$1\"${table}\""), "/\"gauges\\b/", "\"${table}")
    } if can(regex("\\bgauges\\b", text))
  }]...)
  once = {
    for key, text in local.files : key => {
      name        = local.heads[key][0]
      description = local.heads[key][1]
      query       = text
    } if !can(regex("\\bgauges\\b", text))
  }
}

resource "aws_athena_workgroup" "this" {
  name        = var.name
  description = "Questions to the lake"
  # Its history goes with it; queries and answers are elsewhere.
  force_destroy = true

  configuration {
    enforce_workgroup_configuration    = true
    publish_cloudwatch_metrics_enabled = true
    bytes_scanned_cutoff_per_query     = var.scan_limit_gib * 1024 * 1024 * 1024

    engine_version {
      selected_engine_version = "Athena engine version 3"
    }

    result_configuration {
      output_location = "s3://${var.results_bucket}/athena/"

      encryption_configuration {
        encryption_option = "SSE_KMS"
        kms_key_arn       = var.key_arn
      }
    }
  }
}

resource "aws_athena_named_query" "this" {
  for_each = merge(local.each_table, local.once)

  name        = each.value.name
  description = each.value.description
  workgroup   = aws_athena_workgroup.this.id
  database    = var.database
  query       = each.value.query
}
