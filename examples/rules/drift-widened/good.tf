provider "aws" {
  default_tags {
    tags = {
      owner   = "team-payouts@northgate.example"
      expires = "2027-05-31"
    }
  }
}

locals {
  lambda_trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role" "archiver" {
  name               = "payout-archiver"
  assume_role_policy = local.lambda_trust
  tags               = { purpose = "Archives bank files" }
}

resource "aws_iam_role_policy" "archiver" {
  name = "archive"
  role = aws_iam_role.archiver.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject"]
      Resource = "arn:aws:s3:::northgate-bank-files/archive/*"
    }]
  })
}
