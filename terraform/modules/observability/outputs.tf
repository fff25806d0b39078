output "topic_arn" {
  description = "The topic of alarms, for other ways of being told."
  value       = aws_sns_topic.alarms.arn
}

output "dashboard" {
  description = "The dashboard."
  value       = aws_cloudwatch_dashboard.this.dashboard_name
}
