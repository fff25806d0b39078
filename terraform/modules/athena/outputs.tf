output "workgroup" {
  description = "The workgroup."
  value       = aws_athena_workgroup.this.name
}

output "queries" {
  description = "The named queries' ids, by file and table."
  value       = { for key, query in aws_athena_named_query.this : key => query.id }
}
