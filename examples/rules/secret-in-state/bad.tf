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

resource "random_password" "payouts_db" {
  length = 32
}

resource "aws_secretsmanager_secret_version" "payouts_db" {
  secret_id     = aws_secretsmanager_secret.payouts_db.id
  secret_string = jsonencode({ username = "payouts", password = random_password.payouts_db.result })
}
