output "groups" {
  description = "Names and ARNs of the log groups producer, consumer, system, brokers, etl_error and etl_output."
  value       = { for key, group in aws_cloudwatch_log_group.this : key => { name = group.name, arn = group.arn } }
}

output "etl_prefix" {
  description = "What the job's two log groups begin with."
  value       = local.etl_prefix
}
