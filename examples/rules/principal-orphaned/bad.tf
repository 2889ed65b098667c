# The role aws_iam_role.exports was removed from this stack.
resource "aws_sqs_queue_policy" "exports" {
  queue_url = "https://sqs.eu-west-1.amazonaws.com/418293047715/exports"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = ["arn:aws:iam::418293047715:role/exports", "arn:aws:iam::418293047715:role/reports"] }
      Action    = "sqs:ReceiveMessage"
      Resource  = "*"
    }]
  })
}
