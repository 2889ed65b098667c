provider "aws" {
  default_tags {
    tags = {
      environment  = "production"
      "managed-by" = "terraform"
    }
  }
}

resource "aws_iam_user" "erp_export" {
  name = "svc-erp-export"
  path = "/legacy/"

  tags = {
    purpose = "Nightly general-ledger export to the ERP"
    Owner   = "TODO"
  }
}
