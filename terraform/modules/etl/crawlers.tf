# The crawler catalogues staging: one table for each topic, staging/TOPIC/incarnation=…/partition=…/, of which the last
# two become partition columns. New links need no crawl, only new fields and new partitions do; and each crawl costs ten
# minutes at least. So it may go by a schedule of its own instead of after each merge.

resource "aws_glue_crawler" "staging" {
  name          = "${var.name}-staging"
  description   = "Staged records, a table for each topic"
  role          = var.role_arns.crawler
  database_name = aws_glue_catalog_database.staging.name

  dynamic "s3_target" {
    for_each = var.crawled_topics

    content {
      path = "s3://${var.data_bucket}/${var.staging_prefix}/${s3_target.value}/"
      # Marks of chains that went on elsewhere (docs/adr/0014).
      exclusions = ["**/_*"]
      # Lines of a topic are alike; a few objects of each folder tell their shape.
      sample_size = 5
    }
  }

  recrawl_policy {
    recrawl_behavior = "CRAWL_EVERYTHING"
  }

  schema_change_policy {
    update_behavior = "UPDATE_IN_DATABASE"
    delete_behavior = "LOG"
  }

  configuration = jsonencode({
    Version = 1.0
    Grouping = {
      TableGroupingPolicy = "CombineCompatibleSchemas"
      # The bucket is level 1.
      TableLevelConfiguration = 2 + length(split("/", var.staging_prefix))
    }
    CrawlerOutput = {
      Partitions = { AddOrUpdateBehavior = "InheritFromTable" }
      Tables     = { AddOrUpdateBehavior = "MergeNewColumns" }
    }
  })
}

resource "aws_glue_trigger" "crawl" {
  name              = "${local.job}-crawl"
  description       = "Starts the crawler"
  type              = var.crawl == "after-merge" ? "CONDITIONAL" : "SCHEDULED"
  schedule          = var.crawl == "after-merge" ? null : var.crawl
  enabled           = var.enabled
  start_on_creation = var.enabled

  # It fires after runs that a trigger started, not after those that were started by hand.
  dynamic "predicate" {
    for_each = var.crawl == "after-merge" ? [1] : []

    content {
      conditions {
        job_name = aws_glue_job.merge.name
        state    = "SUCCEEDED"
      }
    }
  }

  actions {
    crawler_name = aws_glue_crawler.staging.name
  }
}
