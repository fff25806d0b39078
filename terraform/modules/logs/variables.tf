variable "name" {
  description = "What all resources of this installation are called, or begin with."
  type        = string
}

variable "retention_days" {
  description = "Days for which logs are kept."
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731], var.retention_days)
    error_message = "CloudWatch takes 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545 or 731."
  }
}

variable "key_arn" {
  description = "The KMS key that encrypts the logs."
  type        = string
}
