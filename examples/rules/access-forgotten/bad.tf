provider "aws" {
  default_tags {
    tags = {
      owner   = "team-payouts@northgate.example"
      expires = "2027-05-31"
    }
  }
}

removed {
  from = aws_iam_role.vendor_kiosk

  lifecycle {
    destroy = false
  }
}
