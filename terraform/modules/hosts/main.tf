# Hosts of the daemons, in private subnets. Producers are instances with names that stay: files lie on them. Consumers
# keep nothing, so that an Auto Scaling group may replace and add them.
#
# Disks are encrypted with the account's own EBS key: an Auto Scaling group may use that without a grant on ours.

locals {
  subnets = { for at in range(var.producers) : format("%d", at + 1) => var.subnet_ids[at % length(var.subnet_ids)] }

  consumer_boot = join("\n", ["#cloud-config", yamlencode({
    write_files = [for path, text in var.consumer_files : {
      path        = path
      content     = text
      owner       = "root:root"
      permissions = "0644"
    }]
    # An image that was not baked has no such units yet: Ansible brings them.
    runcmd = [for unit in var.consumer_units :
      "if systemctl cat ${unit} > /dev/null 2>&1; then systemctl enable ${unit} && systemctl restart ${unit}; fi"
    ]
  })])
}

resource "aws_instance" "producer" {
  for_each = local.subnets

  ami                    = var.image_id
  instance_type          = var.producer_instance_type
  subnet_id              = each.value
  vpc_security_group_ids = [var.security_groups.producer]
  iam_instance_profile   = var.instance_profiles.producer
  key_name               = var.key_name

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  root_block_device {
    volume_type = "gp3"
    volume_size = var.volume_gib
    encrypted   = true
  }

  tags = { Name = "${var.name}-producer-${each.key}", Role = "producer" }

  lifecycle {
    # A new image comes by -replace, when it suits; what is published goes on from its checkpoint.
    ignore_changes = [ami]
  }
}

resource "aws_launch_template" "consumer" {
  name                   = "${var.name}-consumer"
  image_id               = var.image_id
  instance_type          = var.consumer_instance_type
  key_name               = var.key_name
  vpc_security_group_ids = [var.security_groups.consumer]
  user_data              = base64encode(local.consumer_boot)
  update_default_version = true

  iam_instance_profile {
    name = var.instance_profiles.consumer
  }

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_type           = "gp3"
      volume_size           = var.volume_gib
      encrypted             = "true"
      delete_on_termination = "true"
    }
  }
}

resource "aws_autoscaling_group" "consumer" {
  name                      = "${var.name}-consumer"
  min_size                  = var.consumers.min
  max_size                  = var.consumers.max
  vpc_zone_identifier       = var.subnet_ids
  health_check_type         = "EC2"
  health_check_grace_period = 120
  default_instance_warmup   = 120
  termination_policies      = ["OldestLaunchTemplate", "OldestInstance"]
  enabled_metrics           = ["GroupInServiceInstances", "GroupDesiredCapacity"]

  launch_template {
    id      = aws_launch_template.consumer.id
    version = aws_launch_template.consumer.latest_version
  }

  # A new image or configuration: new hosts first, then old ones stop, stage what they hold and leave the group; a tenth of
  # the group at a time, at least one.
  instance_refresh {
    strategy = "Rolling"

    preferences {
      min_healthy_percentage = 100
      max_healthy_percentage = 110
      instance_warmup        = 120
    }
  }

  dynamic "tag" {
    for_each = merge(var.tags, { Name = "${var.name}-consumer", Role = "consumer" })

    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = true
    }
  }

  lifecycle {
    precondition {
      condition     = var.consumers.max <= var.partitions
      error_message = "More consumers than partitions would have nothing to read: ${var.consumers.max} > ${var.partitions}."
    }
  }
}

data "aws_instances" "consumers" {
  instance_tags        = { Name = "${var.name}-consumer" }
  instance_state_names = ["pending", "running"]

  depends_on = [aws_autoscaling_group.consumer]
}
