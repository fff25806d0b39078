variable "name" {
  description = "What all resources of this installation are called, or begin with."
  type        = string
}

variable "region" {
  description = "The region of bucket and catalog."
  type        = string
}

variable "role_arns" {
  description = "Roles of the job, the crawler and, where tables have any, the optimizers."
  type = object({
    etl       = string
    crawler   = string
    optimizer = optional(string)
  })
}

variable "data_bucket" {
  description = "The bucket of staging and lake."
  type        = string
}

variable "artifacts_bucket" {
  description = "The bucket of the jar and the configuration."
  type        = string
}

variable "scratch_bucket" {
  description = "The bucket of what may be lost."
  type        = string
}

variable "staging_prefix" {
  description = "The prefix of staging."
  type        = string
}

variable "lake_prefix" {
  description = "The prefix of the lake's tables."
  type        = string
}

variable "catalog_name" {
  description = "What the job calls the catalog."
  type        = string
  default     = "lake"
}

variable "lake_database" {
  description = "The catalog's database of the lake."
  type        = string
}

variable "staging_database" {
  description = "The catalog's database that crawlers keep."
  type        = string
}

variable "tables" {
  description = "The tables and their topics, as in the job's configuration (docs/config/glue-etl.md)."
  type = list(object({
    topic     = string
    table     = optional(string)
    mode      = optional(string)
    transform = optional(string)
    columns   = optional(map(string))
    rules     = optional(list(object({ name = string, where = string })))
  }))

  validation {
    condition     = length(var.tables) > 0
    error_message = "A merge without tables has nothing to do."
  }

  validation {
    condition     = alltrue([for table in var.tables : contains(["append", "upsert"], coalesce(table.mode, "append"))])
    error_message = "Expected mode append or upsert."
  }

  validation {
    condition     = alltrue([for table in var.tables : can(regex("^[A-Za-z0-9_]+$", table.table)) if table.table != null])
    error_message = "A table's name has letters, digits and underscores."
  }

  # The job's rule, as in docs/config/glue-etl.md.
  validation {
    condition = length(distinct([
      for table in var.tables : replace(lower(coalesce(table.table, table.topic)), "/[^a-z0-9_]/", "_")
    ])) == length(var.tables)
    error_message = "Two topics feed one table: a table is called as its topic, in small letters, with _ for other characters. Give one of them another by `table`."
  }

  validation {
    condition = !contains([
      for table in var.tables : replace(lower(coalesce(table.table, table.topic)), "/[^a-z0-9_]/", "_")
    ], "rejected")
    error_message = "The table rejected is that of all that was refused: choose another name by `table`."
  }
}

variable "settings" {
  description = "Further settings of the job (docs/config/glue-etl.md), such as maintenance, on top of the others."
  type        = any
  default     = {}
}

variable "staging_retention" {
  description = "After how long merged links are deleted, such as 30d; absent keeps all. Only one job of a prefix may have it."
  type        = string
  default     = null

  validation {
    condition     = var.staging_retention == null || can(regex("^[1-9][0-9]*[hd]$", var.staging_retention))
    error_message = "Expected hours or days, such as 720h or 30d."
  }
}

variable "crawled_topics" {
  description = "Topics whose staging is catalogued."
  type        = list(string)
}

variable "jar_version" {
  description = "The folder of glue-etl.jar in the artifacts bucket: glue-etl/VERSION/glue-etl.jar. Another version is another object, so that a run never meets half of one."
  type        = string
}

variable "jar_file" {
  description = "A glue-etl.jar to put there; absent leaves that to whoever releases it."
  type        = string
  default     = null
}

variable "glue_version" {
  description = "Glue's version: 5.1 has Spark 3.5.6 and Iceberg 1.10.0, for which the job is built."
  type        = string
  default     = "5.1"

  validation {
    condition     = contains(["5.1", "6.0"], var.glue_version)
    error_message = "Expected 5.1 or 6.0: older ones have another Iceberg."
  }
}

variable "worker_type" {
  description = "The workers' size. G.025X is for streaming jobs only."
  type        = string
  default     = "G.1X"

  validation {
    condition     = contains(["G.1X", "G.2X", "G.4X", "G.8X"], var.worker_type)
    error_message = "Expected G.1X, G.2X, G.4X or G.8X."
  }
}

variable "workers" {
  description = "The most workers of a run, the driver among them."
  type        = number
  default     = 2

  validation {
    condition     = var.workers >= 2
    error_message = "Glue takes two or more."
  }
}

variable "timeout_minutes" {
  description = "When a run is ended. Longer than any merge takes, else the next begins where this one did."
  type        = number
  default     = 60

  validation {
    condition     = var.timeout_minutes >= 5 && var.timeout_minutes <= 480
    error_message = "Expected 5 to 480 minutes."
  }
}

variable "schedule" {
  description = "When the merge runs, in UTC, as Glue writes it."
  type        = string
  default     = "cron(5 * * * ? *)"

  validation {
    condition     = can(regex("^cron\\(.+\\)$", var.schedule))
    error_message = "Expected cron(MINUTES HOURS DAY MONTH WEEKDAY YEAR)."
  }
}

variable "crawl" {
  description = "When staging is catalogued: after-merge, or a schedule of its own such as cron(30 3 * * ? *)."
  type        = string
  default     = "after-merge"

  validation {
    condition     = var.crawl == "after-merge" || can(regex("^cron\\(.+\\)$", var.crawl))
    error_message = "Expected after-merge or cron(MINUTES HOURS DAY MONTH WEEKDAY YEAR)."
  }
}

variable "enabled" {
  description = "Whether the schedules are on. Off, job and crawler are started by hand."
  type        = bool
  default     = true
}

variable "log_prefix" {
  description = "What the job's log groups begin with; Glue adds /error and /output."
  type        = string
}

variable "spark_ui" {
  description = "Whether runs leave event logs for Spark's own pages."
  type        = bool
  default     = false
}

variable "optimized_tables" {
  description = "Tables that Glue's optimizers work on; each must exist already."
  type        = list(string)
  default     = []

  validation {
    condition     = length(setsubtract(var.optimized_tables, local.table_names)) == 0
    error_message = "Expected tables (not topics) that the merge keeps: ${join(", ", local.table_names)}."
  }
}
