variable "name" {
  description = "The workgroup's name."
  type        = string
}

variable "database" {
  description = "The catalog's database of the lake."
  type        = string
}

variable "tables" {
  description = "The lake's tables, for which the queries are written."
  type        = list(string)
}

variable "queries" {
  description = "The folder of the named queries."
  type        = string
}

variable "results_bucket" {
  description = "The bucket of the answers."
  type        = string
}

variable "key_arn" {
  description = "The KMS key that encrypts the answers."
  type        = string
}

variable "scan_limit_gib" {
  description = "A query that scans more is ended. Athena takes about 5 USD for a TiB."
  type        = number
  default     = 100

  validation {
    condition     = var.scan_limit_gib >= 1
    error_message = "Expected at least a GiB."
  }
}
