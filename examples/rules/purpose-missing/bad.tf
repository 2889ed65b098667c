resource "azuread_application" "crm_sync" {
  display_name = "crm-sync"
  owners       = [azuread_user.priya_raman.object_id]
}
