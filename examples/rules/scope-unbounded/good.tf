provider "aws" {
  default_tags {
    tags = {
      team    = "data-platform"
      expires = "2027-09-30"
    }
  }
}

resource "aws_kms_key" "lake" {
  description         = "Data lake"
  enable_key_rotation = true
}

resource "aws_s3_bucket" "raw" {
  bucket_prefix = "northgate-lake-raw-"
}

resource "aws_sqs_queue" "landing" {
  name_prefix       = "lake-landing-"
  kms_master_key_id = aws_kms_key.lake.arn
}

data "aws_iam_policy_document" "lambda_trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "ingest" {
  statement {
    sid       = "Land"
    actions   = ["s3:PutObject", "s3:AbortMultipartUpload"]
    resources = ["${aws_s3_bucket.raw.arn}/landing/*"]
  }
  statement {
    sid       = "Notify"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.landing.arn]
  }
  statement {
    sid       = "Encrypt"
    actions   = ["kms:GenerateDataKey"]
    resources = [aws_kms_key.lake.arn]
  }
}

resource "aws_iam_role" "ingest" {
  name               = "lake-ingest"
  assume_role_policy = data.aws_iam_policy_document.lambda_trust.json
  tags               = { purpose = "Lands partner files" }
}

resource "aws_iam_role_policy" "ingest" {
  name   = "land-files"
  role   = aws_iam_role.ingest.id
  policy = data.aws_iam_policy_document.ingest.json
}
