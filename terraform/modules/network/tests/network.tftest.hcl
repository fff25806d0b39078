mock_provider "aws" {
  source = "../../mocks"
}

variables {
  name  = "test"
  zones = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
}

run "subnets" {
  command = apply

  assert {
    condition     = length(aws_subnet.public) == 2 && length(aws_subnet.private) == 3
    error_message = "Two public subnets, and a private one in each zone."
  }

  assert {
    condition     = alltrue([for subnet in concat(values(aws_subnet.public), values(aws_subnet.private)) : subnet.map_public_ip_on_launch == false])
    error_message = "Nothing gets a public address by accident."
  }

  assert {
    condition     = length(distinct([for subnet in concat(values(aws_subnet.public), values(aws_subnet.private)) : subnet.cidr_block])) == 5
    error_message = "Subnets do not overlap."
  }

  assert {
    condition     = length(aws_nat_gateway.this) == 2
    error_message = "The loss of a zone cuts off no other."
  }

  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.admins) == 0
    error_message = "Without networks of admins no port is open."
  }
}

run "one_gateway_is_cheaper" {
  command = plan

  variables {
    nat_gateways = "one"
  }

  assert {
    condition     = length(aws_nat_gateway.this) == 1
    error_message = "One."
  }
}

run "two_zones_do" {
  command = plan

  variables {
    zones = ["eu-central-1a", "eu-central-1b"]
  }
}

run "one_zone_does_not" {
  command = plan

  variables {
    zones = ["eu-central-1a"]
  }

  expect_failures = [var.zones]
}

run "the_whole_internet_is_not_let_in" {
  command = plan

  variables {
    admin_cidrs = ["0.0.0.0/0"]
  }

  expect_failures = [var.admin_cidrs]
}

run "one_address_is_a_network_too" {
  command = plan

  variables {
    admin_cidrs = ["203.0.113.7/32"]
  }
}

run "an_address_without_its_length" {
  command = plan

  variables {
    admin_cidrs = ["203.0.113.7"]
  }

  expect_failures = [var.admin_cidrs]
}

run "an_address_within_a_network" {
  command = plan

  variables {
    admin_cidrs = ["203.0.113.7/24"]
  }

  expect_failures = [var.admin_cidrs]
}

run "networks_of_ipv6" {
  command = plan

  variables {
    admin_cidrs = ["2001:db8::/32"]
  }

  expect_failures = [var.admin_cidrs]
}
