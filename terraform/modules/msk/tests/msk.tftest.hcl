mock_provider "aws" {
  source = "../../mocks"
}

variables {
  name              = "test"
  subnet_ids        = ["subnet-1", "subnet-2", "subnet-3"]
  security_group_id = "sg-1"
  key_arn           = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000000"
  log_group         = "/test/brokers"
}

run "what_the_guarantees_rest_on" {
  command = apply

  assert {
    condition = alltrue([for line in [
      "auto.create.topics.enable=false",
      "default.replication.factor=3",
      "min.insync.replicas=2",
      "unclean.leader.election.enable=false",
      "transaction.state.log.min.isr=2",
    ] : contains(split("\n", aws_msk_configuration.this.server_properties), line)])
    error_message = "docs/guarantees.md names these."
  }

  assert {
    condition = (
      aws_msk_cluster.this.encryption_info[0].encryption_in_transit[0].client_broker == "TLS"
      && aws_msk_cluster.this.encryption_info[0].encryption_in_transit[0].in_cluster
      && aws_msk_cluster.this.client_authentication[0].sasl[0].iam
      && !aws_msk_cluster.this.client_authentication[0].unauthenticated
    )
    error_message = "Encrypted everywhere, and nobody gets in without a role."
  }

  assert {
    condition     = output.port == 9098 && alltrue([for server in output.bootstrap_servers : endswith(server, ":9098")])
    error_message = "IAM's port."
  }
}

run "the_configuration_of_a_version" {
  command = apply

  assert {
    condition     = aws_msk_configuration.this.name == "test-3-9-x-kraft"
    error_message = "Its name tells the version, without dots: MSK takes none."
  }
}

run "another_version_is_another_name" {
  command = apply

  variables {
    kafka_version = "4.1.x.kraft"
  }

  assert {
    condition     = aws_msk_configuration.this.name == "test-4-1-x-kraft"
    error_message = "Made before the old one goes, it must not have its name."
  }
}

run "tls" {
  command = apply

  variables {
    access = "tls"
  }

  assert {
    condition     = aws_msk_cluster.this.encryption_info[0].encryption_in_transit[0].client_broker == "TLS" && output.port == 9094
    error_message = "TLS without IAM is still TLS."
  }
}

run "plaintext" {
  command = apply

  variables {
    access = "plaintext"
  }

  assert {
    condition     = output.port == 9092 && alltrue([for server in output.bootstrap_servers : endswith(server, ":9092")])
    error_message = "Plaintext's port."
  }
}

run "brokers_are_spread_evenly" {
  command = plan

  variables {
    brokers = 4
  }

  expect_failures = [aws_msk_cluster.this]
}

run "two_brokers_hold_no_three_copies" {
  command = plan

  variables {
    brokers    = 2
    subnet_ids = ["subnet-1", "subnet-2"]
  }

  expect_failures = [var.brokers]
}

run "a_version_that_was_never_tried" {
  command = plan

  variables {
    kafka_version = "2.8.1"
  }

  expect_failures = [var.kafka_version]
}
