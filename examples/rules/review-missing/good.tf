provider "aws" {
  default_tags {
    tags = {
      owner               = "team-settlement@northgate.example"
      "leasehold:package" = "payments-batch"
      "cost-center"       = "4410"
      environment         = "production"
    }
  }
}

locals {
  name       = "settlement-batch"
}

data "aws_iam_policy_document" "trust" {
  statement {
    sid     = "SettlementTaskOnly"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["arn:aws:ecs:eu-west-1:${var.account_id}:*"]
    }

    condition {
      test     = "DateLessThan"
      variable = "aws:CurrentTime"
      values   = [var.ends_at]
    }
  }
}

resource "aws_iam_role" "settlement_batch" {
  name                 = local.name
  path                 = "/packages/payments/"
  description          = "Nightly settlement batch: reads settlement-requests, calls the acquirer"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = 3600

  tags = {
    purpose      = "Nightly settlement of captured card payments"
    expires      = var.ends_at
    reviewer     = "payments-risk@northgate.example"
    review-every = "90d"
    approved-by  = "CHG-20881"
  }
}
