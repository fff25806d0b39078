variable "region" {
  description = "Where the image is made; Terraform's region."
  type        = string
  default     = "eu-central-1"
}

variable "version" {
  description = "The release's name, also in the image's; empty takes the jars' own sums."
  type        = string
  default     = ""
}

variable "image_name" {
  description = "What the image's name begins with."
  type        = string
  default     = "tributary"
}

variable "instance_type" {
  description = "What the image is made on."
  type        = string
  default     = "t3.small"
}

variable "subnet_id" {
  description = "A subnet from which packages can be fetched; absent: the default network."
  type        = string
  default     = null
}

variable "ssh_interface" {
  description = "How to reach the machine: public_ip or private_ip."
  type        = string
  default     = "public_ip"
}

variable "ssh_username" {
  description = "Who logs in."
  type        = string
  default     = "ec2-user"
}

variable "ssh_host" {
  description = "A machine that is there already: for the builder null, and for tests."
  type        = string
  default     = null
}

variable "ssh_port" {
  description = "Its port."
  type        = number
  default     = 22
}

variable "ssh_key" {
  description = "The private key that opens it; absent: a key pair for this build alone."
  type        = string
  default     = null
}

variable "ssh_keypair_name" {
  description = "That key's name at EC2."
  type        = string
  default     = null
}

variable "ec2_endpoint" {
  description = "Another EC2 than AWS's, for tests."
  type        = string
  default     = null
}

variable "ansible_arguments" {
  description = "Further arguments of ansible-playbook, such as -e cloudwatch_agent_package=..."
  type        = list(string)
  default     = []
}

variable "hand_over" {
  description = "The file by which Terraform gets the image's id."
  type        = string
  default     = "../terraform/examples/complete/image.auto.tfvars.json"
}
