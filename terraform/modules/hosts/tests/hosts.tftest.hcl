mock_provider "aws" {
  source = "../../mocks"
}

variables {
  name              = "test"
  image_id          = "ami-0123456789abcdef0"
  subnet_ids        = ["subnet-1", "subnet-2", "subnet-3"]
  security_groups   = { producer = "sg-1", consumer = "sg-2" }
  instance_profiles = { producer = "test-producer", consumer = "test-consumer" }
  cluster_name      = "test"
  group             = "tributary"
  lag_topics        = ["one", "two"]
  partitions        = 4
  consumers         = { min = 1, max = 4 }
  producers         = 4
  consumer_files    = { "/etc/tributary/consumer.conf" = "{}\n" }
}

run "hosts" {
  command = apply

  assert {
    condition     = [for key in ["1", "2", "3", "4"] : aws_instance.producer[key].subnet_id] == ["subnet-1", "subnet-2", "subnet-3", "subnet-1"]
    error_message = "Producers are spread over the zones."
  }

  assert {
    condition     = alltrue([for host in aws_instance.producer : host.metadata_options[0].http_tokens == "required" && host.root_block_device[0].encrypted])
    error_message = "Instance metadata wants a token, disks are encrypted."
  }

  assert {
    condition     = aws_launch_template.consumer.metadata_options[0].http_tokens == "required" && aws_launch_template.consumer.block_device_mappings[0].ebs[0].encrypted == "true"
    error_message = "Likewise for consumers."
  }

  assert {
    condition     = yamldecode(base64decode(aws_launch_template.consumer.user_data)).write_files[0].path == "/etc/tributary/consumer.conf"
    error_message = "A new consumer is born with its configuration."
  }

  assert {
    condition     = one([for query in aws_cloudwatch_metric_alarm.more.metric_query : query.expression if query.id == "worst"]) == "MAX([FILL(lag0,0),FILL(lag1,0)])"
    error_message = "The topic that waits longest decides."
  }
}

run "never_more_consumers_than_partitions" {
  command = plan

  variables {
    consumers = { min = 1, max = 5 }
  }

  expect_failures = [aws_autoscaling_group.consumer]
}

run "hosts_are_not_replaced_all_at_once" {
  command = plan

  assert {
    condition = (
      aws_autoscaling_group.consumer.instance_refresh[0].preferences[0].min_healthy_percentage == 100
      && aws_autoscaling_group.consumer.instance_refresh[0].preferences[0].max_healthy_percentage == 110
    )
    error_message = "New ones first, a tenth at a time."
  }
}

run "waiting_for_a_link_to_fill_is_no_lag" {
  command = plan

  variables {
    scaling = { fewer_below_seconds = 30 }
  }

  expect_failures = [var.scaling]
}

run "an_alarm_takes_nine_topics" {
  command = plan

  variables {
    lag_topics = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]
  }

  expect_failures = [var.lag_topics]
}
