locals {
  invoicing = {
    "leasehold:package" = "invoicing"
    owner               = "team-invoicing@northgate.example"
    expires             = "2027-05-31"
    purpose             = "renders and mails invoices"
  }
}

data "aws_iam_policy_document" "ecs" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "invoicing" {
  name               = "invoicing"
  assume_role_policy = data.aws_iam_policy_document.ecs.json
  tags               = local.invoicing
}
