variable "name" {
  description = "What all resources of this installation are called, or begin with."
  type        = string
}

variable "cluster_arn" {
  description = "The Kafka cluster."
  type        = string
}

variable "kafka_access" {
  description = "How clients get into Kafka; only iam needs statements."
  type        = string
  default     = "iam"
}

variable "topics" {
  description = "Names of the topics, and of their topics of rejects."
  type        = list(string)
}

variable "checkpoints_topic" {
  description = "The topic of sources' positions."
  type        = string
}

variable "group" {
  description = "The consumer group."
  type        = string
}

variable "sources" {
  description = "Where in S3 producers find their files: buckets and the beginnings of keys."
  type = list(object({
    bucket_arn = string
    prefix     = string
  }))
  default = []
}

variable "data_bucket_arn" {
  description = "The bucket of staging and lake."
  type        = string
}

variable "artifacts_bucket_arn" {
  description = "The bucket of the job's jar and configuration."
  type        = string
}

variable "scratch_bucket_arn" {
  description = "The bucket of what may be lost."
  type        = string
}

variable "staging_prefix" {
  description = "The prefix of staging."
  type        = string
}

variable "generations" {
  description = "Further staging prefixes, which replay writes and chains go on in (docs/runbooks/replay.md)."
  type        = list(string)
  default     = []
}

variable "lake_prefix" {
  description = "The prefix of the lake's tables."
  type        = string
}

variable "lake_database" {
  description = "The catalog's database of the lake."
  type        = string
}

variable "staging_database" {
  description = "The catalog's database that crawlers keep."
  type        = string
}

variable "etl_deletes_links" {
  description = "Whether the job may delete links: only where staging.retention is set."
  type        = bool
  default     = false
}

variable "optimizers" {
  description = "Whether Glue's own optimizers work on tables, and need a role."
  type        = bool
  default     = false
}

variable "key_arn" {
  description = "The KMS key of buckets and logs."
  type        = string
}

variable "host_log_group_arns" {
  description = "Log groups that the agent writes to."
  type        = list(string)
}

variable "etl_log_group_arns" {
  description = "Log groups of the job."
  type        = list(string)
}

variable "metrics_namespace" {
  description = "The CloudWatch namespace of the programs' own metrics."
  type        = string
}

variable "agent_namespace" {
  description = "The CloudWatch namespace of the agent's metrics."
  type        = string
}
