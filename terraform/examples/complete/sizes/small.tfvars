# A trial: the smallest brokers, one host of each kind, a merge an hour, a crawl a day.
nat_gateways = "one"
kafka        = { volume_gib = 50, volume_max_gib = 200, retention_hours = 72 }
producers    = { instance_type = "t3.micro" }
consumers    = { min = 1, max = 2, instance_type = "t3.small" }
etl          = { crawl = "cron(30 3 * * ? *)" }
