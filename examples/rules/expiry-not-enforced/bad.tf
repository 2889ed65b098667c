provider "aws" {
  default_tags {
    tags = {
      environment  = "production"
      "managed-by" = "terraform"
    }
  }
}

resource "aws_iam_user" "terraform_runner" {
  name = "svc-terraform-runner"
  path = "/legacy/"

  tags = {
    purpose = "Terraform runs from the on-premise Jenkins"
    team    = "platform-core"
    ttl     = "P20D"
  }
}

resource "aws_iam_access_key" "terraform_runner" {
  user = aws_iam_user.terraform_runner.name
}

resource "aws_iam_user_policy_attachment" "terraform_runner_admin" {
  user       = aws_iam_user.terraform_runner.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
