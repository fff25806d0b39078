output "vpc_id" {
  description = "The VPC."
  value       = aws_vpc.this.id
}

output "public_subnet_ids" {
  description = "Public subnets, in the order of the zones."
  value       = [for zone in slice(var.zones, 0, 2) : aws_subnet.public[zone].id]
}

output "private_subnet_ids" {
  description = "Private subnets, in the order of the zones."
  value       = [for zone in var.zones : aws_subnet.private[zone].id]
}

output "security_groups" {
  description = "Security groups by what is in them: bastion, producer, consumer, brokers."
  value       = merge(local.hosts, { brokers = aws_security_group.brokers.id })
}
