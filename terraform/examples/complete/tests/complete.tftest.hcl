# The whole installation against a made-up provider: what can be told without AWS, in seconds.

mock_provider "aws" {
  source = "../../mocks"
}

# Tests destroy what they applied.
variables {
  destroy_data = true
}

run "defaults" {
  command = apply

  assert {
    condition     = output.deploy.kafka.bootstrap_servers == tolist(["b-1.mock:9098", "b-2.mock:9098"])
    error_message = "Clients begin with the IAM brokers, in a stable order."
  }

  assert {
    condition     = output.deploy.kafka.client["sasl.mechanism"] == "AWS_MSK_IAM"
    error_message = "IAM is the way in."
  }

  assert {
    condition = alltrue([
      for topic in output.deploy.kafka.topics :
      topic.replication_factor == 3 && topic.config["min.insync.replicas"] == "2" && topic.config["unclean.leader.election.enable"] == "false"
    ])
    error_message = "Each topic has the replication that the guarantees rest on."
  }

  assert {
    condition = { for topic in output.deploy.kafka.topics : topic.name => topic.config["cleanup.policy"] } == {
      "gauges" = "delete", "gauges.rejected" = "delete", "tributary.checkpoints" = "compact"
    }
    error_message = "Data expires, positions are compacted."
  }

  assert {
    condition     = output.deploy.configs.consumer.topics == tolist(["gauges", "gauges.rejected"])
    error_message = "What is refused is staged, too."
  }

  assert {
    condition     = output.deploy.configs.etl.staging.uri == "s3://${output.deploy.configs.consumer.staging.bucket}/${output.deploy.configs.consumer.staging.prefix}"
    error_message = "The job reads where the consumer writes."
  }

  assert {
    condition = length([
      for statement in output.statements.consumer : statement if contains(flatten([statement.Action]), "s3:DeleteObject")
    ]) == 0
    error_message = "The consumer deletes nothing."
  }

  assert {
    condition = length([
      for statement in output.statements.etl : statement if statement.Sid == "CleanUp"
    ]) == 0
    error_message = "Without staging.retention the job deletes no links."
  }
}

run "links_are_deleted_only_where_a_retention_is_set" {
  command = apply

  variables {
    etl = { staging_retention = "30d", optimized_tables = ["gauges"] }
  }

  assert {
    condition     = output.deploy.configs.etl.staging.retention == "30d"
    error_message = "The job is told."
  }

  assert {
    condition = [
      for statement in output.statements.etl : statement.Resource if statement.Sid == "CleanUp"
    ] == [["arn:aws:s3:::mock/staging/*"]]
    error_message = "And allowed to, in staging only."
  }

  assert {
    condition     = contains(keys(output.deploy.roles), "optimizer")
    error_message = "Optimizers have a role of their own."
  }
}

run "tls_without_iam" {
  command = apply

  variables {
    kafka = { access = "tls" }
  }

  assert {
    condition     = jsonencode(output.deploy.kafka.client) == jsonencode({ "security.protocol" = "SSL" }) && endswith(output.deploy.kafka.bootstrap_servers[0], ":9094")
    error_message = "TLS has its own port."
  }

  assert {
    condition = length([
      for statement in concat(output.statements.producer, output.statements.consumer) : statement
      if anytrue([for action in statement.Action : startswith(action, "kafka-cluster:")])
    ]) == 0
    error_message = "IAM has no say in it."
  }
}

run "two_zones_do" {
  command = plan

  variables {
    zones = ["a", "b"]
    kafka = { brokers = 4 }
  }
}

run "consumers_are_born_with_further_settings" {
  command = apply

  variables {
    consumer_settings = { roll = { max-age = "30s" }, cloudwatch = { period = "30s" } }
  }

  assert {
    condition     = output.deploy.configs.consumer.roll == { max-age = "30s" }
    error_message = "What Terraform says nothing of, is taken as it is."
  }

  assert {
    condition     = output.deploy.configs.consumer.cloudwatch.period == "30s" && output.deploy.configs.consumer.cloudwatch.enabled
    error_message = "What it does, keeps the rest."
  }
}

run "names_that_are_taken" {
  command = plan

  variables {
    topics = { "orders.rejected" = {} }
  }

  expect_failures = [var.topics]
}

run "a_topic_of_dots" {
  command = plan

  variables {
    topics = { ".." = {} }
  }

  expect_failures = [var.topics]
}

run "half_a_partition" {
  command = plan

  variables {
    topics = { orders = { partitions = 2.5 } }
  }

  expect_failures = [var.topics]
}

run "no_partition" {
  command = plan

  variables {
    topics = { orders = { partitions = 0 } }
  }

  expect_failures = [var.topics]
}

run "records_that_expire_before_they_are_staged" {
  command = plan

  variables {
    topics = { orders = { retention_hours = 1 } }
  }

  expect_failures = [var.topics]
}

run "folders_have_no_slash_before_them" {
  command = plan

  variables {
    source_prefixes = ["/sources/"]
  }

  expect_failures = [var.source_prefixes]
}

run "tables_are_named_as_the_job_names_them" {
  command = plan

  variables {
    topics = { "Orders-EU.v2_1" = {}, bills = { table = "Paid" } }
  }

  assert {
    condition     = local.tables == { "Orders-EU.v2_1" = "orders_eu_v2_1", bills = "paid" }
    error_message = "In small letters, with _ for other characters."
  }
}
