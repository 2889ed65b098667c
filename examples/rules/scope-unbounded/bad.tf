provider "aws" {
  default_tags {
    tags = {
      team    = "data-platform"
      expires = "2027-09-30"
    }
  }
}

resource "aws_s3_bucket" "raw" {
  bucket_prefix = "northgate-lake-raw-"
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

data "aws_iam_policy_document" "operator" {
  statement {
    sid       = "Lake"
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.raw.arn}/*"]
  }
  statement {
    sid       = "Temporary"
    actions   = ["*"]
    resources = ["*"]
  }
}

resource "aws_iam_role" "operator" {
  name               = "lake-operator"
  assume_role_policy = data.aws_iam_policy_document.lambda_trust.json
  tags               = { purpose = "Repairs broken partitions" }
}

resource "aws_iam_role_policy" "operator" {
  name   = "operator"
  role   = aws_iam_role.operator.id
  policy = data.aws_iam_policy_document.operator.json
}
