mock_provider "aws" {
  source = "../../mocks"
}

variables {
  name             = "test"
  region           = "eu-central-1"
  role_arns        = { etl = "arn:aws:iam::123456789012:role/etl", crawler = "arn:aws:iam::123456789012:role/crawler", optimizer = "arn:aws:iam::123456789012:role/optimizer" }
  data_bucket      = "data"
  artifacts_bucket = "artifacts"
  scratch_bucket   = "scratch"
  staging_prefix   = "staging"
  lake_prefix      = "lake"
  lake_database    = "lake"
  staging_database = "staging"
  tables           = [{ topic = "orders", mode = "upsert" }]
  crawled_topics   = ["orders", "orders.rejected"]
  jar_version      = "1.2.3"
  log_prefix       = "/test/glue-etl"
}

run "the_job" {
  command = apply

  assert {
    condition     = aws_glue_job.merge.glue_version == "5.1" && aws_glue_job.merge.execution_property[0].max_concurrent_runs == 1 && aws_glue_job.merge.max_retries == 1
    error_message = "Glue 5.1, one run at a time, and another try."
  }

  assert {
    condition     = output.arguments["--class"] == "io.tributary.etl.EtlMain" && output.arguments["--extra-jars"] == "s3://artifacts/glue-etl/1.2.3/glue-etl.jar"
    error_message = "Our class, from our jar."
  }

  assert {
    condition     = !startswith(output.arguments["--conf"], "--conf") && length(split(" --conf ", output.arguments["--conf"])) == 10
    error_message = "One value: the first pair bare, the others each with a --conf before it."
  }

  assert {
    condition     = jsondecode(aws_s3_object.config.content).tables == [{ mode = "upsert", topic = "orders" }]
    error_message = "What was not said is not in the configuration."
  }

  assert {
    condition     = jsondecode(aws_glue_crawler.staging.configuration).Grouping.TableLevelConfiguration == 3
    error_message = "A table for each topic: bucket, prefix, topic."
  }

  assert {
    condition     = alltrue([for target in aws_glue_crawler.staging.s3_target : contains(target.exclusions, "**/_*")])
    error_message = "Marks are no records."
  }

  assert {
    condition     = length(aws_glue_catalog_table_optimizer.this) == 0
    error_message = "No optimizer for tables that do not exist yet."
  }
}

run "a_deeper_prefix" {
  command = plan

  variables {
    staging_prefix = "a/b"
  }

  assert {
    condition     = jsondecode(aws_glue_crawler.staging.configuration).Grouping.TableLevelConfiguration == 4
    error_message = "A table for each topic all the same."
  }
}

run "a_crawl_a_day" {
  command = plan

  variables {
    crawl = "cron(30 3 * * ? *)"
  }

  assert {
    condition     = aws_glue_trigger.crawl.type == "SCHEDULED" && length(aws_glue_trigger.crawl.predicate) == 0
    error_message = "By its own schedule, whatever the merge does."
  }
}

run "schedules_go_by_themselves" {
  command = plan

  assert {
    condition     = alltrue([for trigger in [aws_glue_trigger.schedule, aws_glue_trigger.crawl] : trigger.enabled && trigger.start_on_creation])
    error_message = "On, where nobody says otherwise."
  }
}

run "schedules_are_switched_off" {
  command = plan

  variables {
    enabled = false
  }

  assert {
    condition     = alltrue([for trigger in [aws_glue_trigger.schedule, aws_glue_trigger.crawl] : !trigger.enabled && !trigger.start_on_creation])
    error_message = "Those that are there already, too: start_on_creation alone would leave them on."
  }
}

run "optimizers" {
  command = plan

  variables {
    optimized_tables = ["orders"]
  }

  assert {
    condition     = length(aws_glue_catalog_table_optimizer.this) == 3
    error_message = "Compaction, retention, orphans."
  }
}

run "an_older_glue_has_another_iceberg" {
  command = plan

  variables {
    glue_version = "4.0"
  }

  expect_failures = [var.glue_version]
}

run "two_topics_of_one_table" {
  command = plan

  variables {
    tables = [{ topic = "orders.eu" }, { topic = "Orders-EU" }]
  }

  expect_failures = [var.tables]
}

run "a_table_that_another_topic_has" {
  command = plan

  variables {
    tables = [{ topic = "orders" }, { topic = "bills", table = "Orders" }]
  }

  expect_failures = [var.tables]
}

run "the_table_of_what_was_refused" {
  command = plan

  variables {
    tables = [{ topic = "Rejected" }]
  }

  expect_failures = [var.tables]
}

run "a_name_that_no_table_can_have" {
  command = plan

  variables {
    tables = [{ topic = "orders", table = "orders-eu" }]
  }

  expect_failures = [var.tables]
}

run "a_retention_that_is_no_duration" {
  command = plan

  variables {
    staging_retention = "a month"
  }

  expect_failures = [var.staging_retention]
}

run "a_retention_without_a_unit" {
  command = plan

  variables {
    staging_retention = "30"
  }

  expect_failures = [var.staging_retention]
}

run "an_optimizer_for_a_table_that_nobody_makes" {
  command = plan

  variables {
    optimized_tables = ["gauges"]
  }

  expect_failures = [var.optimized_tables]
}

run "another_table_of_a_topic_is_optimized_by_its_name" {
  command = plan

  variables {
    tables           = [{ topic = "orders.eu" }, { topic = "Orders-EU", table = "more" }]
    optimized_tables = ["orders_eu", "more"]
  }
}
