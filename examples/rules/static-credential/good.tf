provider "aws" {
  default_tags {
    tags = {
      owner   = "developer-platform@northgate.example"
      expires = "2027-06-30"
    }
  }
}

locals {
  github          = "token.actions.githubusercontent.com"
}

resource "aws_iam_openid_connect_provider" "github" {
  url             = "https://${local.github}"
  client_id_list  = ["sts.amazonaws.com"]
  thumbprint_list = ["0000000000000000000000000000000000000001"]
}

data "aws_iam_policy_document" "gha_payments_api" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.github.arn]
    }
    condition {
      test     = "StringEquals"
      variable = "${local.github}:aud"
      values   = ["sts.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "${local.github}:sub"
      values   = ["repo:northgate-pay/payments-api:environment:production"]
    }
  }
}

resource "aws_iam_role" "gha_payments_api" {
  name               = "gha-payments-api-deploy"
  assume_role_policy = data.aws_iam_policy_document.gha_payments_api.json
  tags               = { purpose = "Deploys payments-api from its production environment" }
}
