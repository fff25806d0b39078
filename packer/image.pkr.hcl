# The image of all hosts, made by the roles that deploy them.

locals {
  stamp = formatdate("YYYYMMDD-hhmmss", timestamp())
}

source "amazon-ebs" "host" {
  region          = var.region
  ami_name        = join("-", compact([var.image_name, var.version, local.stamp]))
  ami_description = "Java 17, the daemons and the CloudWatch agent; nothing configured"
  instance_type   = var.instance_type
  subnet_id       = var.subnet_id
  ssh_interface   = var.ssh_host == null ? var.ssh_interface : null

  source_ami_filter {
    owners      = ["amazon"]
    most_recent = true
    filters = {
      name                = "al2023-ami-2023.*-x86_64"
      architecture        = "x86_64"
      virtualization-type = "hvm"
      root-device-type    = "ebs"
    }
  }

  launch_block_device_mappings {
    device_name           = "/dev/xvda"
    volume_type           = "gp3"
    iops                  = 3000
    throughput            = 125
    volume_size           = 8
    encrypted             = true
    delete_on_termination = true
  }

  communicator            = "ssh"
  ssh_username            = var.ssh_username
  ssh_host                = var.ssh_host
  ssh_port                = var.ssh_port
  ssh_private_key_file    = var.ssh_key
  ssh_keypair_name        = var.ssh_keypair_name
  temporary_key_pair_type = "ed25519"
  custom_endpoint_ec2     = var.ec2_endpoint

  tags = {
    Name    = var.image_name
    Project = "tributary"
    Release = var.version
    Base    = "{{ .SourceAMIName }}"
  }
}

source "null" "host" {
  communicator         = "ssh"
  ssh_username         = var.ssh_username
  ssh_host             = var.ssh_host
  ssh_port             = var.ssh_port
  ssh_private_key_file = var.ssh_key
}

build {
  sources = ["source.amazon-ebs.host", "source.null.host"]

  provisioner "ansible" {
    playbook_file    = "${path.root}/../ansible/bake.yml"
    user             = var.ssh_username
    use_proxy        = false
    ansible_env_vars = ["ANSIBLE_CONFIG=${path.root}/../ansible/ansible.cfg", "ANSIBLE_HOST_KEY_CHECKING=False"]
    extra_arguments  = concat(["-e", "tributary_version=${var.version}"], var.ansible_arguments)
  }

  # The last that is done: what belongs to this one machine and this build goes.
  provisioner "shell" {
    script          = "${path.root}/clean"
    execute_command = "sudo sh '{{ .Path }}'"
    skip_clean      = true
  }

  post-processor "manifest" {
    only       = ["amazon-ebs.host"]
    output     = "${path.root}/manifest.json"
    strip_path = true
  }

  post-processor "shell-local" {
    only   = ["amazon-ebs.host"]
    inline = ["'${path.root}/hand-over' '${path.root}/manifest.json' '${path.root}/${var.hand_over}'"]
  }
}
