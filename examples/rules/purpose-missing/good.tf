locals {
  integration_owners = ["00000000-0000-4000-8000-0000000000a1", "00000000-0000-4000-8000-0000000000a2"]
}

resource "azuread_application" "erp_connector" {
  display_name = "erp-connector"
  owners       = local.integration_owners
  notes        = "Posts settled batches to the ERP"
}
