locals {
  invoicing = {
    "leasehold:package" = "invoicing"
    owner               = "team-invoicing@northgate.example"
    expires             = "2027-05-31"
    purpose             = "renders and mails invoices"
  }
  account = "418293047715"
}

resource "aws_iam_role" "invoicing" {
  name               = "invoicing"
  assume_role_policy = data.aws_iam_policy_document.ecs.json
  tags               = local.invoicing
}

resource "aws_iam_policy" "mail" {
  name = "invoicing-mail"
  tags = local.invoicing
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "ses:SendEmail"
      Resource = "arn:aws:ses:eu-west-1:${local.account}:identity/invoices.northgate.example"
    }]
  })
}

resource "aws_iam_role_policy_attachment" "mail" {
  role       = aws_iam_role.invoicing.name
  policy_arn = aws_iam_policy.mail.arn
}
