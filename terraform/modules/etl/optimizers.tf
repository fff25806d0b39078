# Glue's own optimizers, for tables that are named: a table must exist before it can have one, so they come with a later
# apply than the first merge. The job compacts and expires by itself (maintenance.*); these serve tables that are
# written far more often than merged, or a job whose maintenance is off.

locals {
  optimizers = {
    for pair in setproduct(var.optimized_tables, ["compaction", "retention", "orphan_file_deletion"]) :
    "${pair[0]}/${pair[1]}" => { table = pair[0], type = pair[1] }
  }
}

data "aws_caller_identity" "current" {}

resource "aws_glue_catalog_table_optimizer" "this" {
  for_each = local.optimizers

  catalog_id    = data.aws_caller_identity.current.account_id
  database_name = aws_glue_catalog_database.lake.name
  table_name    = each.value.table
  type          = each.value.type

  configuration {
    role_arn = var.role_arns.optimizer
    enabled  = true

    dynamic "retention_configuration" {
      for_each = each.value.type == "retention" ? [1] : []

      content {
        iceberg_configuration {
          # As the job's maintenance.retain-snapshots and retain-last.
          snapshot_retention_period_in_days = 7
          number_of_snapshots_to_retain     = 100
          clean_expired_files               = true
        }
      }
    }

    dynamic "orphan_file_deletion_configuration" {
      for_each = each.value.type == "orphan_file_deletion" ? [1] : []

      content {
        iceberg_configuration {
          orphan_file_retention_period_in_days = 3
          location                             = "s3://${var.data_bucket}/${var.lake_prefix}/${each.value.table}"
        }
      }
    }
  }
}
