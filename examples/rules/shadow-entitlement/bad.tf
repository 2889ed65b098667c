locals {
  reporting = {
    "access-package" = "reporting"
    owner            = "team-finance"
    ttl              = "120d"
    purpose          = "monthly revenue reports"
  }
  account = "418293047715"
}

resource "aws_iam_role" "reporting" {
  name               = "reporting"
  assume_role_policy = data.aws_iam_policy_document.ecs.json
  tags               = local.reporting
}

resource "aws_iam_role_policy" "reporting" {
  name = "warehouse"
  role = aws_iam_role.reporting.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["athena:StartQueryExecution", "athena:GetQueryResults"]
      Resource = "arn:aws:athena:eu-west-1:${local.account}:workgroup/reporting"
    }]
  })
}

resource "aws_iam_role_policy_attachment" "s3_read" {
  role       = aws_iam_role.reporting.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
}
