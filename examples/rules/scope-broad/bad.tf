provider "aws" {
  default_tags {
    tags = {
      team    = "data-platform"
      expires = "2027-09-30"
    }
  }
}

resource "aws_s3_bucket" "scratch" {
  bucket_prefix = "northgate-lake-scratch-"
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

data "aws_iam_policy_document" "retention" {
  statement {
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.scratch.arn]
  }
  statement {
    actions   = ["s3:DeleteObject", "s3:DeleteObjectVersion"]
    resources = ["*"]
  }
}

resource "aws_iam_role" "retention" {
  name               = "lake-retention"
  assume_role_policy = data.aws_iam_policy_document.lambda_trust.json
  tags               = { purpose = "Deletes scratch data after 30 days" }
}

resource "aws_iam_role_policy" "retention" {
  name   = "retention"
  role   = aws_iam_role.retention.id
  policy = data.aws_iam_policy_document.retention.json
}
