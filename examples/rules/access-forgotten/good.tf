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

resource "aws_iam_role" "screening" {
  name               = "payout-screening"
  assume_role_policy = local.lambda_trust
  tags               = { purpose = "Screens payouts against sanction lists" }
}
