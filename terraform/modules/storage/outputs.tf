output "buckets" {
  description = "Names and ARNs of the buckets data, artifacts and scratch."
  value       = { for key, bucket in aws_s3_bucket.this : key => { name = bucket.id, arn = bucket.arn } }

  # Nobody writes to a bucket that is not yet closed and encrypted.
  depends_on = [
    aws_s3_bucket_public_access_block.this,
    aws_s3_bucket_server_side_encryption_configuration.this,
    aws_s3_bucket_policy.this,
  ]
}
