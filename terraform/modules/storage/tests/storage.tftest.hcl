mock_provider "aws" {
  source = "../../mocks"
}

variables {
  name    = "test"
  suffix  = "123456789012"
  key_arn = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000000"
}

run "links_of_a_chain_never_expire" {
  command = apply

  assert {
    condition = alltrue([
      for rule in aws_s3_bucket_lifecycle_configuration.data.rule :
      length(rule.expiration) == 0 && length(rule.transition) == 0
    ])
    error_message = "No rule touches a current object of the data bucket."
  }

  assert {
    condition     = aws_s3_bucket.this["data"].force_destroy == false
    error_message = "Data is not destroyed on the way."
  }

  assert {
    condition     = aws_s3_bucket_versioning.this["data"].versioning_configuration[0].status == "Enabled"
    error_message = "A mistaken deletion can be undone."
  }
}

run "nothing_is_public" {
  command = plan

  assert {
    condition = alltrue([
      for block in aws_s3_bucket_public_access_block.this :
      block.block_public_acls && block.block_public_policy && block.ignore_public_acls && block.restrict_public_buckets
    ]) && length(aws_s3_bucket_public_access_block.this) == 3
    error_message = "All four, for all three."
  }
}

run "a_name_that_no_bucket_can_have" {
  command = plan

  variables {
    name = "Tributary_1"
  }

  expect_failures = [var.name]
}
