provider "aws" {
  default_tags {
    tags = {
      environment  = "production"
      "managed-by" = "terraform"
    }
  }
}

resource "aws_iam_user" "fraud_vendor_feed" {
  name = "svc-fraud-vendor-feed"
  path = "/legacy/vendors/"

  tags = {
    purpose       = "Fraud scoring vendor pushes its model features"
    "owner-email" = "fraud-platform@northgate.example"
  }
}

resource "aws_iam_access_key" "fraud_vendor_feed" {
  user = aws_iam_user.fraud_vendor_feed.name
}
