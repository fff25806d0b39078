# Some MB/s, day and night.
kafka     = { instance_type = "kafka.m7g.large", volume_gib = 500, volume_max_gib = 2000 }
producers = { count = 2, instance_type = "t3.medium" }
consumers = { min = 2, max = 4, instance_type = "t3.medium" }
etl       = { workers = 4, schedule = "cron(0/15 * * * ? *)", crawl = "cron(30 3 * * ? *)" }
