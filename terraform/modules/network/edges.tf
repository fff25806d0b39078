# Who may talk to whom. A security group remembers its connections: answers need no rule of their own. DNS, time and
# instance metadata come from the VPC itself and pass no security group.

resource "aws_security_group" "bastion" {
  name        = "${var.name}-bastion"
  description = "The way in: SSH from admins, on to the hosts"
  vpc_id      = aws_vpc.this.id

  tags = { Name = "${var.name}-bastion" }
}

resource "aws_security_group" "producer" {
  name        = "${var.name}-producer"
  description = "Hosts of producer-daemon"
  vpc_id      = aws_vpc.this.id

  tags = { Name = "${var.name}-producer" }
}

resource "aws_security_group" "consumer" {
  name        = "${var.name}-consumer"
  description = "Hosts of consumer-daemon"
  vpc_id      = aws_vpc.this.id

  tags = { Name = "${var.name}-consumer" }
}

resource "aws_security_group" "brokers" {
  name        = "${var.name}-brokers"
  description = "Kafka brokers: clients come in, nothing goes out"
  vpc_id      = aws_vpc.this.id

  tags = { Name = "${var.name}-brokers" }
}

locals {
  clients = {
    producer = aws_security_group.producer.id
    consumer = aws_security_group.consumer.id
  }
  # All that reach AWS's own services, Session Manager among them, by HTTPS.
  hosts = merge(local.clients, { bastion = aws_security_group.bastion.id })
}

resource "aws_vpc_security_group_ingress_rule" "admins" {
  for_each = toset(var.admin_cidrs)

  security_group_id = aws_security_group.bastion.id
  description       = "SSH from admins"
  cidr_ipv4         = each.key
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
}

resource "aws_vpc_security_group_egress_rule" "bastion_to_hosts" {
  for_each = local.clients

  security_group_id            = aws_security_group.bastion.id
  description                  = "SSH to ${each.key} hosts"
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = 22
  to_port                      = 22
}

resource "aws_vpc_security_group_ingress_rule" "hosts_from_bastion" {
  for_each = local.clients

  security_group_id            = each.value
  description                  = "SSH from the bastion"
  referenced_security_group_id = aws_security_group.bastion.id
  ip_protocol                  = "tcp"
  from_port                    = 22
  to_port                      = 22
}

resource "aws_vpc_security_group_egress_rule" "clients_to_brokers" {
  for_each = local.clients

  security_group_id            = each.value
  description                  = "Kafka"
  referenced_security_group_id = aws_security_group.brokers.id
  ip_protocol                  = "tcp"
  from_port                    = var.broker_port
  to_port                      = var.broker_port
}

resource "aws_vpc_security_group_ingress_rule" "brokers_from_clients" {
  for_each = local.clients

  security_group_id            = aws_security_group.brokers.id
  description                  = "Kafka from ${each.key} hosts"
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = var.broker_port
  to_port                      = var.broker_port
}

resource "aws_vpc_security_group_egress_rule" "https" {
  for_each = local.hosts

  security_group_id = each.value
  description       = "S3, CloudWatch, Session Manager, packages; instances that a producer follows"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

# Packages of Debian come by HTTP, signed. Amazon Linux's come by HTTPS.
resource "aws_vpc_security_group_egress_rule" "http" {
  for_each = var.packages_by_http ? local.hosts : {}

  security_group_id = each.value
  description       = "Packages"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
}
