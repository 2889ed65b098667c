provider "aws" {
  default_tags {
    tags = {
      environment  = "production"
      "managed-by" = "terraform"
    }
  }
}

resource "aws_iam_user" "sftp_reconciliation" {
  name = "svc-sftp-reconciliation"
  path = "/legacy/"

  tags = {
    purpose = "Pulls acquirer reconciliation files over the SFTP bridge"
    expires = "2027-01-31"
  }
}
