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

resource "aws_iam_role" "webhook_dispatcher" {
  name               = "webhook-dispatcher"
  assume_role_policy = local.lambda_trust
  tags               = { purpose = "Calls merchants' webhooks", expires = "2027-05-31" }
}

resource "aws_lambda_function" "webhook_dispatcher" {
  function_name = "webhook-dispatcher"
  role          = aws_iam_role.webhook_dispatcher.arn
  s3_bucket     = local.code
  s3_key        = "webhook-dispatcher/1.9.4.zip"
  runtime       = "nodejs20.x"
  handler       = "index.handler"

  environment {
    variables = {
      QUEUE_NAME             = "merchant-webhooks"
      WEBHOOK_SIGNING_SECRET = "correct-horse-battery-staple-0"
    }
  }
}
