locals {
  integration_owners = ["00000000-0000-4000-8000-0000000000a1", "00000000-0000-4000-8000-0000000000a2"]
}

resource "azuread_application" "erp_connector" {
  display_name = "erp-connector"
  owners       = local.integration_owners
  notes        = "Posts settled batches to the ERP"
}

resource "azuread_application_password" "erp_connector" {
  application_id = azuread_application.erp_connector.id
  display_name   = "erp"
  end_date       = "2027-02-10T00:00:00Z"
}
