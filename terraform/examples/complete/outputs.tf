output "deploy" {
  description = "All that Ansible and the daemons' configuration need: terraform output -json deploy."
  value = {
    name   = var.name
    region = var.region
    kafka = {
      bootstrap_servers = module.msk.bootstrap_servers
      access            = var.kafka.access
      client            = module.msk.client
      cluster_arn       = module.msk.cluster_arn
      group             = local.group
      topics            = local.topics
      topics_role_arn   = module.identity.roles["topics"].arn
    }
    buckets = { for key, bucket in module.storage.buckets : key => bucket.name }
    staging = { bucket = module.storage.buckets["data"].name, prefix = local.staging_prefix }
    lake = {
      uri       = "s3://${module.storage.buckets["data"].name}/${local.lake_prefix}"
      database  = module.etl.databases["lake"]
      tables    = local.tables
      workgroup = module.athena.workgroup
    }
    hosts = {
      bastion   = { id = module.bastion.id, address = module.bastion.address }
      producers = module.hosts.producers
      consumers = module.hosts.consumers
      # Consumers come and go: find those of this moment by the tag Name.
      consumer_tag      = module.hosts.consumer_tag
      autoscaling_group = module.hosts.autoscaling_group
    }
    etl = {
      job     = module.etl.job
      crawler = module.etl.crawler
      config  = module.etl.config_uri
      jar     = module.etl.jar_uri
    }
    logs  = { for key, group in module.logs.groups : key => group.name }
    roles = { for key, role in module.identity.roles : key => role.name }
    # Of programs: namespace, and the dimension Env. Of the agent: namespace, and the dimensions Env and Role.
    metrics = { namespace = local.namespaces.programs, agent_namespace = local.namespaces.agent, environment = var.name }
    alarms  = { topic_arn = module.observability.topic_arn, dashboard = module.observability.dashboard }
    # Whole configurations, but for producers' source and topic.
    configs = { producer = local.producer_config, consumer = local.consumer_config, etl = module.etl.config }
  }
}

output "statements" {
  description = "What each role is allowed, for tests."
  value       = module.identity.statements
}
