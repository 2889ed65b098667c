locals {
  integration_owners = ["00000000-0000-4000-8000-0000000000a1", "00000000-0000-4000-8000-0000000000a2"]
}

resource "azuread_application" "statement_signer" {
  display_name = "statement-signer"
  owners       = local.integration_owners
}

resource "azuread_application_password" "statement_signer" {
  application_id = azuread_application.statement_signer.id
  display_name   = "rotated"

  rotate_when_changed = {
    rotation = "yearly"
  }
}
