# The bot starts releases; people answer the approval step.
resource "aws_iam_role" "release" {
  name = "checkout-release"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
  tags = { owner = "team-checkout", purpose = "Releases the checkout from chat", expires = "2027-05-31" }
}

resource "aws_iam_role_policy" "release" {
  name = "release"
  role = aws_iam_role.release.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["codepipeline:GetPipelineState", "codepipeline:StartPipelineExecution"]
        Resource = "arn:aws:codepipeline:eu-west-1:418293047715:checkout"
      },
    ]
  })
}
