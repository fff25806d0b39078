variable "name" {
  description = "What all resources of this installation are called, or begin with."
  type        = string
  default     = "tributary"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,24}$", var.name))
    error_message = "Expected small letters, digits and dashes, at most 25."
  }
}

variable "region" {
  description = "Where all of it is."
  type        = string
  default     = "eu-central-1"
}

variable "zones" {
  description = "Letters of the availability zones, two or three. Never fewer or others once there is data: MSK cannot leave a zone, so Terraform would delete the cluster, with its log and all positions, and make another."
  type        = list(string)
  default     = ["a", "b", "c"]
}

variable "admin_cidrs" {
  description = "From where SSH to the bastion is allowed; none leaves Session Manager."
  type        = list(string)
  default     = []
}

variable "admin_public_key" {
  description = "The SSH key of those who deploy, such as \"ssh-ed25519 AAAA...\": hosts get it when they are made, a changed one reaches none that is there (docs/runbooks/rotate.md). Absent leaves Session Manager, but Ansible needs one."
  type        = string
  default     = null
}

variable "image_id" {
  description = "The image that packer/ baked; absent takes Amazon Linux 2023, which Ansible then fills."
  type        = string
  default     = null

  validation {
    condition     = var.image_id == null || can(regex("^ami-[0-9a-f]{8,17}$", var.image_id))
    error_message = "Expected an image id such as ami-0123456789abcdef0."
  }
}

variable "topics" {
  description = "The topics, each with the table that it feeds. For each there is also TOPIC.rejected."
  type = map(object({
    partitions      = optional(number, 6)
    retention_hours = optional(number)
    table           = optional(string)
    mode            = optional(string, "append")
    transform       = optional(string)
    columns         = optional(map(string))
    rules           = optional(list(object({ name = string, where = string })))
  }))
  default = {
    gauges = { mode = "upsert" }
  }

  validation {
    condition     = length(var.topics) >= 1 && length(var.topics) <= 9
    error_message = "Expected one to nine topics: the alarm that scales the consumers takes no more."
  }

  validation {
    condition = alltrue([
      for name in keys(var.topics) :
      can(regex("^[a-zA-Z0-9._-]{1,200}$", name)) && !endswith(name, ".rejected") && !startswith(name, "tributary.")
      && !contains([".", ".."], name)
    ])
    error_message = "Topics have letters, digits, dots, dashes and underscores, and more than dots; TOPIC.rejected and tributary.* are taken."
  }

  validation {
    condition     = alltrue([for topic in values(var.topics) : topic.partitions >= 1 && floor(topic.partitions) == topic.partitions])
    error_message = "Expected a whole number of partitions, at least one."
  }

  validation {
    condition     = alltrue([for topic in values(var.topics) : coalesce(topic.retention_hours, 24) >= 24])
    error_message = "Expected retention_hours of a day or more: what expires before it is staged stops the consumer."
  }
}

variable "kafka" {
  description = "The cluster (modules/msk)."
  type = object({
    version         = optional(string, "3.9.x.kraft")
    access          = optional(string, "iam")
    brokers         = optional(number, 3)
    instance_type   = optional(string, "kafka.m7g.large")
    volume_gib      = optional(number, 100)
    volume_max_gib  = optional(number, 1000)
    retention_hours = optional(number, 168)
  })
  default = {}
}

variable "nat_gateways" {
  description = "one: cheaper. each-zone: the loss of a zone cuts off no other."
  type        = string
  default     = "each-zone"
}

variable "producers" {
  description = "Hosts of producer-daemon."
  type = object({
    count         = optional(number, 1)
    instance_type = optional(string, "t3.small")
  })
  default = {}
}

variable "consumers" {
  description = "Hosts of consumer-daemon: the fewest and the most, scaled by lag in between."
  type = object({
    min           = optional(number, 1)
    max           = optional(number, 3)
    instance_type = optional(string, "t3.medium")
  })
  default = {}
}

variable "consumer_settings" {
  description = "Further settings of consumers (docs/config/consumer-daemon.md), on top of the others: new hosts are born with them, and Ansible deploys them. No secrets."
  type        = any
  default     = {}
}

variable "etl" {
  description = "The merge (modules/etl)."
  type = object({
    glue_version      = optional(string, "5.1")
    worker_type       = optional(string, "G.1X")
    workers           = optional(number, 2)
    timeout_minutes   = optional(number, 60)
    schedule          = optional(string, "cron(5 * * * ? *)")
    crawl             = optional(string, "after-merge")
    enabled           = optional(bool, true)
    jar_version       = optional(string, "0.1.0-SNAPSHOT")
    jar_file          = optional(string)
    staging_retention = optional(string)
    optimized_tables  = optional(list(string), [])
  })
  default = {}
}

variable "source_prefixes" {
  description = "Folders of the data bucket in which producers find files to publish."
  type        = list(string)
  default     = ["sources/"]

  validation {
    condition     = alltrue([for prefix in var.source_prefixes : can(regex("^[^/]", prefix))])
    error_message = "Expected folders such as sources/, without a slash before them."
  }
}

variable "generations" {
  description = "Further staging prefixes, which replay writes and chains go on in (docs/runbooks/replay.md)."
  type        = list(string)
  default     = []
}

variable "databases" {
  description = "The catalog's databases of the lake and of what crawlers find. A second installation in an account needs others."
  type = object({
    lake    = optional(string, "lake")
    staging = optional(string, "staging")
  })
  default = {}
}

variable "scan_limit_gib" {
  description = "A query that scans more is ended."
  type        = number
  default     = 100
}

variable "alarm_emails" {
  description = "Who is told of alarms; each must confirm by mail."
  type        = list(string)
  default     = []
}

variable "merge_within_hours" {
  description = "A merge must succeed in so many hours, else an alarm is raised."
  type        = number
  default     = 3
}

variable "log_retention_days" {
  description = "Days for which logs are kept."
  type        = number
  default     = 30
}

variable "destroy_data" {
  description = "Whether `terraform destroy` may delete what is staged and in the lake. It destroys nothing at all until true was applied."
  type        = bool
  default     = false
}
