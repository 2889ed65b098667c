provider "aws" {
  default_tags {
    tags = {
      owner       = "cloud-operations@northgate.example"
      environment = "shared-services"
    }
  }
}

locals {
  account_id = "418293047715"
  iam        = "arn:aws:iam::418293047715"
  lambda_trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role" "thumbnail_deployer" {
  name               = "ops-thumbnail-deployer"
  assume_role_policy = local.lambda_trust
  tags               = { purpose = "Deploys the thumbnail functions", expires = "2027-06-30" }
}

resource "aws_iam_role_policy" "thumbnail_deployer" {
  name = "deploy"
  role = aws_iam_role.thumbnail_deployer.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "iam:PassRole"
        Resource  = "${local.iam}:role/thumbnail-runtime"
        Condition = { StringEquals = { "iam:PassedToService" = "lambda.amazonaws.com" } }
      },
      {
        Effect   = "Allow"
        Action   = ["lambda:CreateFunction", "lambda:GetFunction"]
        Resource = "arn:aws:lambda:us-east-1:${local.account_id}:function:thumbnail-*"
      },
    ]
  })
}
