output "roles" {
  description = "Names and ARNs of the roles, by program."
  value = merge(
    { for key, role in aws_iam_role.this : key => { name = role.name, arn = role.arn } },
    { topics = { name = aws_iam_role.topics.name, arn = aws_iam_role.topics.arn } },
  )

  # A role is of no use to anybody before it may do something.
  depends_on = [aws_iam_role_policy.this, aws_iam_role_policy.topics]
}

output "instance_profiles" {
  description = "Names of the instance profiles of producer, consumer and bastion."
  value       = { for key, profile in aws_iam_instance_profile.this : key => profile.name }

  depends_on = [aws_iam_role_policy.this]
}

output "statements" {
  description = "What each role is allowed, for tests."
  value       = merge({ for key, role in local.roles : key => role.statements }, { topics = local.make_topics })
}
