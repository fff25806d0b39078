output "job" {
  description = "The job's name."
  value       = aws_glue_job.merge.name
}

output "arguments" {
  description = "The job's arguments."
  value       = aws_glue_job.merge.default_arguments
}

output "config" {
  description = "The job's configuration."
  value       = local.config
}

output "config_uri" {
  description = "Where the job's configuration is."
  value       = "s3://${var.artifacts_bucket}/${local.conf_key}"
}

output "jar_uri" {
  description = "Where the job's jar is, or has to be put."
  value       = "s3://${var.artifacts_bucket}/${local.jar_key}"
}

output "crawler" {
  description = "The crawler over staging."
  value       = aws_glue_crawler.staging.name
}

output "databases" {
  description = "The catalog's databases: lake and staging."
  value = {
    lake    = aws_glue_catalog_database.lake.name
    staging = aws_glue_catalog_database.staging.name
  }
}
