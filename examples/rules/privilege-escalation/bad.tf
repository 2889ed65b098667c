provider "aws" {
  default_tags {
    tags = {
      owner       = "cloud-operations@northgate.example"
      environment = "shared-services"
    }
  }
}

locals {
  expires = "2026-12-18"
  lambda_trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role" "function_deployer" {
  name               = "ops-function-deployer"
  assume_role_policy = local.lambda_trust
  tags               = { purpose = "Deploys operations functions", expires = local.expires }
}

data "aws_iam_policy_document" "function_deployer" {
  statement {
    actions   = ["iam:PassRole"]
    resources = ["*"]
  }
  statement {
    actions   = ["lambda:CreateFunction", "lambda:InvokeFunction"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "function_deployer" {
  name   = "deploy"
  role   = aws_iam_role.function_deployer.id
  policy = data.aws_iam_policy_document.function_deployer.json
}
