variable "name" {
  description = "What all resources of this installation are called, or begin with."
  type        = string
}

variable "tags" {
  description = "Tags that an Auto Scaling group hands to its hosts."
  type        = map(string)
  default     = {}
}

variable "image_id" {
  description = "The image of the hosts: what packer/ bakes, or a plain one that Ansible then fills."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets, in different zones."
  type        = list(string)
}

variable "security_groups" {
  description = "Security groups of producers and consumers."
  type = object({
    producer = string
    consumer = string
  })
}

variable "instance_profiles" {
  description = "Instance profiles of producers and consumers."
  type = object({
    producer = string
    consumer = string
  })
}

variable "key_name" {
  description = "The key pair for SSH from the bastion; absent leaves Session Manager."
  type        = string
  default     = null
}

variable "volume_gib" {
  description = "Each host's disk."
  type        = number
  default     = 20

  validation {
    condition     = var.volume_gib >= 8
    error_message = "Expected at least 8 GiB."
  }
}

variable "producers" {
  description = "Hosts of producer-daemon; each may run several sources, a source runs on one host only."
  type        = number
  default     = 1

  validation {
    condition     = var.producers >= 1 && var.producers <= 50 && floor(var.producers) == var.producers
    error_message = "Expected 1 to 50."
  }
}

variable "producer_instance_type" {
  description = "The producers' instance type."
  type        = string
  default     = "t3.small"
}

variable "consumers" {
  description = "The fewest and the most hosts of consumer-daemon."
  type = object({
    min = number
    max = number
  })
  default = { min = 1, max = 3 }

  validation {
    condition     = var.consumers.min >= 1 && var.consumers.max >= var.consumers.min
    error_message = "Expected 1 <= min <= max."
  }
}

variable "partitions" {
  description = "Partitions of all topics together: so many consumers have something to read."
  type        = number
}

variable "consumer_instance_type" {
  description = "The consumers' instance type."
  type        = string
  default     = "t3.medium"
}

variable "consumer_units" {
  description = "The systemd units that a consumer on a baked image starts, once its files are there."
  type        = list(string)
  default     = ["consumer-daemon.service", "amazon-cloudwatch-agent.service"]
}

variable "consumer_files" {
  description = "Files that a new consumer host is born with, by path: its configuration, and the agent's. No secrets: user data is no place for them."
  type        = map(string)
  default     = {}

  validation {
    condition     = sum(concat([0], [for text in values(var.consumer_files) : length(text)])) < 12000
    error_message = "User data takes 16 KiB in all."
  }
}

variable "cluster_name" {
  description = "The Kafka cluster, as its metrics name it."
  type        = string
}

variable "group" {
  description = "The consumer group."
  type        = string
}

variable "lag_topics" {
  description = "Topics whose lag scales the consumers; an alarm takes at most nine."
  type        = list(string)

  validation {
    condition     = length(var.lag_topics) >= 1 && length(var.lag_topics) <= 9
    error_message = "Expected one to nine topics."
  }
}

variable "scaling" {
  description = "When to add and to remove a consumer: by how long records wait, and by the processors' load in percent."
  type = object({
    more_above_seconds  = optional(number, 300)
    fewer_below_seconds = optional(number, 120)
    fewer_below_cpu     = optional(number, 30)
  })
  default = {}

  validation {
    condition     = var.scaling.more_above_seconds > var.scaling.fewer_below_seconds && var.scaling.fewer_below_seconds > 60
    error_message = "Expected more_above_seconds > fewer_below_seconds > 60, the roll age: committed is what is staged."
  }
}
