mock_provider "aws" {
  source = "../../mocks"
}

variables {
  name           = "test"
  database       = "lake"
  tables         = ["2024_orders", "order", "gauges"]
  queries        = "../../../athena"
  results_bucket = "scratch"
  key_arn        = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000000"
}

run "names_that_want_quotes" {
  command = plan

  assert {
    condition = alltrue([for table in var.tables :
      strcontains(aws_athena_named_query.this["latest-records/${table}"].query, "\nFROM \"${table}\"\n")
    ])
    error_message = "A table's name stands in quotes."
  }

  assert {
    condition = alltrue([for table in var.tables :
      strcontains(aws_athena_named_query.this["snapshots/${table}"].query, "\nFROM \"${table}$snapshots\"\n")
    ])
    error_message = "So does that of its metadata, in one pair of quotes."
  }

  assert {
    condition = alltrue([for table in var.tables :
      length(regexall("FROM \"${table}\"", aws_athena_named_query.this["time-travel/${table}"].query)) == 2
    ])
    error_message = "Each time that a query names it."
  }

  assert {
    condition = length([for key, query in aws_athena_named_query.this : key
      if strcontains(query.query, "gauges") && !endswith(key, "/gauges")
    ]) == 0
    error_message = "Nothing of the sample's table is left."
  }
}
