variable "name" {
  description = "What all resources of this installation are called, or begin with."
  type        = string
}

variable "cidr" {
  description = "The VPC's addresses, a /16."
  type        = string
  default     = "10.20.0.0/16"

  validation {
    condition     = can(cidrhost(var.cidr, 0)) && endswith(var.cidr, "/16")
    error_message = "Expected a /16 such as 10.20.0.0/16."
  }
}

variable "zones" {
  description = "Availability zones of the private subnets, two or three; the first two get a public one, too. Another choice is another MSK cluster: the log and all positions of the old one are lost."
  type        = list(string)

  validation {
    condition     = contains([2, 3], length(var.zones)) && length(distinct(var.zones)) == length(var.zones)
    error_message = "Expected two or three different zones."
  }
}

variable "nat_gateways" {
  description = "one: cheaper. each-zone: one in each public zone, so that the loss of a zone cuts off no other."
  type        = string
  default     = "each-zone"

  validation {
    condition     = contains(["one", "each-zone"], var.nat_gateways)
    error_message = "Expected one or each-zone."
  }
}

variable "admin_cidrs" {
  description = "From where SSH to the bastion is allowed; none leaves Session Manager."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for cidr in var.admin_cidrs : try(cidrsubnet(cidr, 0, 0) == cidr && cidrnetmask(cidr) != "" && tonumber(split("/", cidr)[1]) >= 8, false)])
    error_message = "Expected networks of IPv4 such as 203.0.113.7/32 or 203.0.113.0/24, of /8 or smaller: not the whole internet."
  }
}

variable "broker_port" {
  description = "The brokers' port: 9098 with IAM, 9094 with TLS, 9092 without either."
  type        = number
  default     = 9098

  validation {
    condition     = contains([9092, 9094, 9098], var.broker_port)
    error_message = "Expected 9092, 9094 or 9098."
  }
}

variable "packages_by_http" {
  description = "Whether hosts may fetch packages by HTTP, as Debian does."
  type        = bool
  default     = false
}
