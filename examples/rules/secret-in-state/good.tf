provider "aws" {
  default_tags {
    tags = {
      OwnerEmail  = "merchant-services@northgate.example"
      environment = "production"
    }
  }
}

resource "aws_secretsmanager_secret" "payouts_db" {
  name = "merchant/payouts/db"
}

resource "aws_secretsmanager_secret_rotation" "payouts_db" {
  secret_id           = aws_secretsmanager_secret.payouts_db.id
  rotation_lambda_arn = aws_lambda_function.secret_rotation.arn

  rotation_rules {
    automatically_after_days = 30
  }
}
