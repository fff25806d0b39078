# Crawlers catalogue staging, after each merge that a schedule started. One table for each topic:
# staging/TOPIC/incarnation=…/partition=…/, of which the last two become partition columns.

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
  description       = "Starts the crawler after a merge"
  type              = "CONDITIONAL"
  start_on_creation = var.enabled

  predicate {
    conditions {
      job_name = aws_glue_job.merge.name
      state    = "SUCCEEDED"
    }
  }

  actions {
    crawler_name = aws_glue_crawler.staging.name
  }
}
