provider "aws" {
  default_tags {
    tags = {
      owner       = "cloud-operations@northgate.example"
      environment = "shared-services"
    }
  }
}

locals {
  iam        = "arn:aws:iam::418293047715"
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

resource "aws_iam_role" "scanner" {
  name               = "ops-scanner"
  assume_role_policy = local.lambda_trust
  tags               = { purpose = "Scans accounts", expires = local.expires }
}

resource "aws_iam_role_policy" "scanner" {
  name = "self-service"
  role = aws_iam_role.scanner.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "iam:AttachRolePolicy"
      Resource = "${local.iam}:role/ops-scanner"
    }]
  })
}
