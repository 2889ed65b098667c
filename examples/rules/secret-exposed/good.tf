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

resource "aws_iam_role" "invoice_renderer" {
  name               = "invoice-renderer"
  assume_role_policy = local.lambda_trust
  tags               = { purpose = "Renders invoices as PDF", expires = "2027-05-31" }
}

resource "aws_lambda_function" "invoice_renderer" {
  function_name = "invoice-renderer"
  role          = aws_iam_role.invoice_renderer.arn
  package_type  = "Zip"
  s3_bucket     = local.code
  s3_key        = "invoice-renderer/3.2.0.zip"
  runtime       = "python3.12"
  handler       = "app.handler"

  environment {
    variables = {
      PASSWORD_MIN_LENGTH = "14"
      TOKEN_URL           = "https://login.northgate.example/oauth2/token"
      SECRET_ID           = "merchant/invoice-renderer/smtp"
      API_KEY_PARAMETER   = "/merchant/invoice-renderer/api-key"
    }
  }
}
