variable "name" {
  description = "What all resources of this installation are called, or begin with."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,24}$", var.name))
    error_message = "Expected small letters, digits and dashes, at most 25: bucket names begin with it."
  }
}

variable "suffix" {
  description = "What bucket names end with, since they are unique in the world: the account's number, for example."
  type        = string
}

variable "key_arn" {
  description = "The KMS key that encrypts the buckets."
  type        = string
}

variable "old_versions_days" {
  description = "Days for which a replaced or deleted object can be brought back."
  type        = number
  default     = 14

  validation {
    condition     = var.old_versions_days >= 1
    error_message = "Expected at least a day."
  }
}

variable "scratch_days" {
  description = "Days after which answers of queries and the job's temporary files go."
  type        = number
  default     = 7

  validation {
    condition     = var.scratch_days >= 1
    error_message = "Expected at least a day."
  }
}

variable "destroy_data" {
  description = "Whether destroying the data bucket deletes what is in it. Leave it off where the data is worth anything."
  type        = bool
  default     = false
}
