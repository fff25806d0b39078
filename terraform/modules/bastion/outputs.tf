output "id" {
  description = "The instance, for Session Manager."
  value       = aws_instance.this.id
}

output "address" {
  description = "The public address, for SSH."
  value       = aws_eip.this.public_ip
}
