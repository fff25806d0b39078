variable "name" {
  description = "What all resources of this installation are called, or begin with."
  type        = string
}

variable "image_id" {
  description = "The image, with SSH and the Session Manager agent: Amazon Linux 2023 has both."
  type        = string
}

variable "instance_type" {
  description = "The instance type; it only forwards."
  type        = string
  default     = "t3.micro"
}

variable "subnet_id" {
  description = "A public subnet."
  type        = string
}

variable "security_group_id" {
  description = "The bastion's security group."
  type        = string
}

variable "instance_profile" {
  description = "The instance profile, for Session Manager."
  type        = string
}

variable "key_name" {
  description = "The key pair for SSH; absent leaves Session Manager."
  type        = string
  default     = null
}
