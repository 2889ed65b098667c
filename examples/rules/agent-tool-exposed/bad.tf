resource "aws_iam_role" "refund_analysis" {
  name = "refund-analysis"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "bedrock-agentcore.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = "418293047715" } }
    }]
  })
  tags = {
    owner   = "team-support@northgate.example"
    purpose = "Analyses refund requests for the support agent"
    expires = "2027-05-31"
  }
}

resource "aws_iam_role_policy" "refund_analysis" {
  name = "read"
  role = aws_iam_role.refund_analysis.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:GetObject"
      Resource = "*"
    }]
  })
}

resource "aws_bedrockagentcore_code_interpreter" "refund_analysis" {
  name               = "refund_analysis"
  execution_role_arn = aws_iam_role.refund_analysis.arn

  network_configuration {
    network_mode = "PUBLIC"
  }
}
