# Log groups, encrypted, each with a retention: CloudWatch keeps for ever what nobody told it to forget.

locals {
  names = {
    producer   = "/${var.name}/producer-daemon"
    consumer   = "/${var.name}/consumer-daemon"
    system     = "/${var.name}/system"
    brokers    = "/${var.name}/brokers"
    etl_error  = "${local.etl_prefix}/error"
    etl_output = "${local.etl_prefix}/output"
  }
  # Glue adds /error (the log) and /output (what the job prints).
  etl_prefix = "/${var.name}/glue-etl"
}

resource "aws_cloudwatch_log_group" "this" {
  for_each = local.names

  name              = each.value
  retention_in_days = var.retention_days
  kms_key_id        = var.key_arn
}
