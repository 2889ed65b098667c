provider "aws" {
  default_tags {
    tags = {
      OwnerEmail  = "merchant-services@northgate.example"
      environment = "production"
    }
  }
}

locals {
  code       = "northgate-lambda-releases"
  lambda_trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role" "secret_rotation" {
  name               = "secret-rotation"
  assume_role_policy = local.lambda_trust
  tags               = { purpose = "Rotates the payouts database password", expires = "2027-05-31" }
}

resource "aws_lambda_function" "secret_rotation" {
  function_name = "secret-rotation"
  role          = aws_iam_role.secret_rotation.arn
  s3_bucket     = local.code
  s3_key        = "secret-rotation/1.0.3.zip"
  runtime       = "python3.12"
  handler       = "rotate.handler"
}
