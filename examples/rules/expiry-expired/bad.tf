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
  region     = "eu-west-1"
  arn        = "arn:aws:%s:${local.region}:${local.account_id}:%s"
}

resource "aws_iam_role" "dispute_workflow" {
  name = "dispute-workflow"
  tags = { purpose = "Dispute workflow, first version", expires = "2026-10-31" }
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "states.amazonaws.com" }
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account_id }
        ArnLike      = { "aws:SourceArn" = format(local.arn, "states", "stateMachine:dispute-*") }
      }
    }]
  })
}
