# Tens of MB/s: six brokers, more partitions (topics are yours to name), a merge every quarter of an hour.
topics    = { gauges = { mode = "upsert", partitions = 24 } }
kafka     = { brokers = 6, instance_type = "kafka.m7g.2xlarge", volume_gib = 2000, volume_max_gib = 8000 }
producers = { count = 3, instance_type = "c7i.large" }
consumers = { min = 3, max = 12, instance_type = "c7i.xlarge" }
etl       = { worker_type = "G.2X", workers = 10, schedule = "cron(0/15 * * * ? *)", crawl = "cron(30 3 * * ? *)" }
