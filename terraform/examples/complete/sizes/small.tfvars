# A trial: three small brokers, one host of each kind, a merge an hour.
nat_gateways = "one"
kafka        = { instance_type = "kafka.t3.small", volume_gib = 20, volume_max_gib = 100, retention_hours = 72 }
producers    = { instance_type = "t3.micro" }
consumers    = { min = 1, max = 2, instance_type = "t3.small" }
