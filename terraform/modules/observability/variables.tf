variable "name" {
  description = "What all resources of this installation are called, or begin with; the dimension Env of its metrics."
  type        = string
}

variable "key_arn" {
  description = "The KMS key that encrypts the topic of alarms."
  type        = string
}

variable "emails" {
  description = "Who is told; each must confirm by mail."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for email in var.emails : can(regex("^[^@\\s]+@[^@\\s]+$", email))])
    error_message = "Expected mail addresses."
  }
}

variable "namespace" {
  description = "The namespace of the programs' own metrics."
  type        = string
}

variable "agent_namespace" {
  description = "The namespace of the agent's metrics."
  type        = string
}

variable "topics" {
  description = "Topics that producers publish to."
  type        = list(string)
}

variable "group" {
  description = "The consumer group; also the dimension Topic of consumers and the job, which have many."
  type        = string
}

variable "cluster_name" {
  description = "The Kafka cluster, as its metrics name it."
  type        = string
}

variable "brokers" {
  description = "How many brokers there are."
  type        = number
}

variable "producer_ids" {
  description = "Instances of producers, by name."
  type        = map(string)
}

variable "autoscaling_group" {
  description = "The consumers' Auto Scaling group."
  type        = string
}

variable "job" {
  description = "The Glue job."
  type        = string
}

variable "crawler" {
  description = "The crawler."
  type        = string
}

variable "merge_within_hours" {
  description = "A merge must succeed in so many hours."
  type        = number
  default     = 3

  validation {
    condition     = var.merge_within_hours >= 1 && var.merge_within_hours <= 24
    error_message = "Expected 1 to 24: an alarm looks back a day at most."
  }
}
