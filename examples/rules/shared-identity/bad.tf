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

resource "aws_iam_role" "functions_common" {
  name               = "functions-common"
  assume_role_policy = local.lambda_trust
  tags               = { purpose = "Common function role", expires = "2027-05-31" }
}

resource "aws_lambda_function" "onboarding_mailer" {
  function_name = "onboarding-mailer"
  role          = aws_iam_role.functions_common.arn
  s3_bucket     = local.code
  s3_key        = "onboarding-mailer/0.4.1.zip"
  runtime       = "python3.12"
  handler       = "app.handler"
}

resource "aws_lambda_function" "payout_calculator" {
  function_name = "payout-calculator"
  role          = aws_iam_role.functions_common.arn
  s3_bucket     = local.code
  s3_key        = "payout-calculator/7.0.0.zip"
  runtime       = "java21"
  handler       = "example.northgate.Payout::handle"
}

resource "aws_lambda_function" "image_thumbnailer" {
  function_name = "image-thumbnailer"
  role          = aws_iam_role.functions_common.arn
  s3_bucket     = local.code
  s3_key        = "image-thumbnailer/2.2.2.zip"
  runtime       = "nodejs20.x"
  handler       = "index.handler"
}
