variable "name" {
  description = "The cluster's name."
  type        = string
}

variable "kafka_version" {
  description = "Kafka's version, as MSK names it. With .kraft it keeps its own metadata; a cluster on ZooKeeper can never become one without, and never be 4.x."
  type        = string
  default     = "3.9.x.kraft"

  validation {
    condition     = can(regex("^(3\\.[89]|4\\.[01])\\.x(\\.kraft)?$", var.kafka_version))
    error_message = "Expected 3.8.x, 3.9.x, 4.0.x or 4.1.x, each with .kraft: older ones are out of support, newer ones were never tried."
  }
}

variable "access" {
  description = "How clients get in: iam (a role for each program), tls (anyone in the security group), plaintext."
  type        = string
  default     = "iam"

  validation {
    condition     = contains(["iam", "tls", "plaintext"], var.access)
    error_message = "Expected iam, tls or plaintext."
  }
}

variable "brokers" {
  description = "Brokers; a multiple of the number of subnets. Three copies of each record want three."
  type        = number
  default     = 3

  validation {
    condition     = var.brokers >= 3
    error_message = "Expected three or more: the guarantees rest on three copies, two of them in sync."
  }
}

variable "instance_type" {
  description = "The brokers' instance type."
  type        = string
  default     = "kafka.m7g.large"

  validation {
    condition     = can(regex("^kafka\\.[mc]", var.instance_type))
    error_message = "Expected a type such as kafka.m7g.large: MSK refuses t3 for these versions of Kafka."
  }
}

variable "subnet_ids" {
  description = "Private subnets in different zones."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "MSK wants two or three subnets."
  }
}

variable "security_group_id" {
  description = "The brokers' security group."
  type        = string
}

variable "key_arn" {
  description = "The KMS key that encrypts the brokers' disks."
  type        = string
}

variable "log_group" {
  description = "The log group of the brokers' logs."
  type        = string
}

variable "volume_gib" {
  description = "Each broker's disk at the beginning."
  type        = number
  default     = 100

  validation {
    condition     = var.volume_gib >= 10
    error_message = "Expected at least 10 GiB."
  }
}

variable "volume_max_gib" {
  description = "Up to where a broker's disk grows by itself when more than 60 % are used."
  type        = number
  default     = 1000

  validation {
    condition     = var.volume_max_gib >= var.volume_gib
    error_message = "Expected at least volume_gib."
  }
}

variable "retention_hours" {
  description = "How long records stay in Kafka, where the topic does not say: longer than any outage to be survived."
  type        = number
  default     = 168

  validation {
    condition     = var.retention_hours >= 24
    error_message = "Expected a day or more: what expires before it is staged stops the consumer."
  }
}

variable "message_max_bytes" {
  description = "The largest batch of records: a row (source.max-record-bytes, 1 MiB) as JSON, with its key and headers."
  type        = number
  default     = 4194304

  validation {
    condition     = var.message_max_bytes >= 1048588 && var.message_max_bytes <= 16777216
    error_message = "Expected Kafka's own 1048588 at least, and at most 16777216, the producer's largest request."
  }
}

variable "monitoring" {
  description = "MSK's level of metrics. DEFAULT is free and has the lag of groups."
  type        = string
  default     = "DEFAULT"

  validation {
    condition     = contains(["DEFAULT", "PER_BROKER", "PER_TOPIC_PER_BROKER", "PER_TOPIC_PER_PARTITION"], var.monitoring)
    error_message = "Expected DEFAULT, PER_BROKER, PER_TOPIC_PER_BROKER or PER_TOPIC_PER_PARTITION."
  }
}
