provider "aws" {
  default_tags {
    tags = {
      team    = "data-platform"
      expires = "2027-09-30"
    }
  }
}

locals {
  account_id = "418293047715"
}

data "aws_iam_policy_document" "glue_trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["glue.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account_id]
    }
  }
}

resource "aws_ssm_parameter" "vended_policy_request" {
  name  = "/lake/vended-policy/request"
  type  = "String"
  value = "partner-share"
}

data "aws_ssm_parameter" "vended_policy" {
  name       = "/lake/vended-policy/partner-share"
  depends_on = [aws_ssm_parameter.vended_policy_request]
}

resource "aws_iam_role" "partner_share" {
  name               = "lake-partner-share"
  assume_role_policy = data.aws_iam_policy_document.glue_trust.json
  tags               = { purpose = "Shares aggregates with partners" }
}

resource "aws_iam_role_policy" "partner_share" {
  name   = "vended"
  role   = aws_iam_role.partner_share.id
  policy = data.aws_ssm_parameter.vended_policy.insecure_value
}
