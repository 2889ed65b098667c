provider "aws" {
  default_tags {
    tags = {
      OwnerEmail  = "merchant-services@northgate.example"
      environment = "production"
    }
  }
}

locals {
  account_id = "418293047715"
  arn        = "arn:aws:%s:${local.region}:${local.account_id}:%s"
  ecs_trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account_id }
        ArnLike      = { "aws:SourceArn" = format(local.arn, "ecs", "*") }
      }
    }]
  })
}

resource "aws_iam_role" "fx_rates_task" {
  name               = "fx-rates-task"
  assume_role_policy = local.ecs_trust
  tags               = { purpose = "Fetches exchange rates", expires = "2027-05-31" }
}
