output "producers" {
  description = "Ids and private addresses of the producers' hosts, by name."
  value = {
    for key, host in aws_instance.producer : "producer-${key}" => {
      id      = host.id
      address = host.private_ip
    }
  }
}

output "consumers" {
  description = "Ids and private addresses of the consumers' hosts as they were when Terraform last looked."
  value = {
    for at, id in data.aws_instances.consumers.ids : id => {
      id      = id
      address = try(data.aws_instances.consumers.private_ips[at], null)
    }
  }
}

output "autoscaling_group" {
  description = "The consumers' Auto Scaling group."
  value       = aws_autoscaling_group.consumer.name
}

output "consumer_tag" {
  description = "The tag Name of all consumers' hosts, to find them by."
  value       = "${var.name}-consumer"
}
