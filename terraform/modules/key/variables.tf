variable "name" {
  description = "What all resources of this installation are called, or begin with."
  type        = string
}

variable "deletion_window_days" {
  description = "Days between the destruction of the key and the day when nothing can be decrypted any more."
  type        = number
  default     = 30

  validation {
    condition     = var.deletion_window_days >= 7 && var.deletion_window_days <= 30
    error_message = "AWS takes 7 to 30 days."
  }
}
