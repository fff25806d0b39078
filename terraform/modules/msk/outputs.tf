output "cluster_name" {
  description = "The cluster's name, as its metrics have it."
  value       = aws_msk_cluster.this.cluster_name
}

output "cluster_arn" {
  description = "The cluster's ARN; those of topics, groups and transactions follow from it."
  value       = aws_msk_cluster.this.arn
}

output "bootstrap_servers" {
  description = "Brokers to begin with, for the access that was chosen."
  value       = sort(split(",", coalesce(local.bootstrap, "none")))
}

output "client" {
  description = "Properties for every Kafka client."
  value       = local.client
}

output "port" {
  description = "The port of the access that was chosen."
  value       = local.port
}

output "server_properties" {
  description = "The brokers' configuration."
  value       = local.server_properties
}
