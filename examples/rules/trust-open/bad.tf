provider "aws" {
  default_tags {
    tags = {
      owner   = "developer-platform@northgate.example"
      expires = "2027-06-30"
    }
  }
}

locals {
  account_id      = data.aws_caller_identity.current.account_id
  github          = "token.actions.githubusercontent.com"
  github_provider = "arn:aws:iam::${local.account_id}:oidc-provider/${local.github}"
}

resource "aws_iam_role" "gha_shared_artifacts" {
  name = "gha-shared-artifacts"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = local.github_provider }
      Condition = {
        StringEquals = { "${local.github}:aud" = "sts.amazonaws.com" }
        StringLike   = { "${local.github}:sub" = "repo:northgate-pay/*" }
      }
    }]
  })
  tags = { purpose = "Uploads build artefacts" }
}
