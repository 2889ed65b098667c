resource "aws_iam_role" "incident_reader" {
  name = "incident-reader"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
  tags = {
    owner   = "team-payouts"
    expires = "2027-05-31"
    purpose = "Reads payout logs during incidents"
  }

  lifecycle {
    ignore_changes = [assume_role_policy, tags]
  }
}
