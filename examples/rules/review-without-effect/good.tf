resource "azuread_access_package" "warehouse" {
  catalog_id   = "0b6a3c44-3d0e-4f3c-9a51-7d1f3f0f2c11"
  display_name = "Warehouse operators"
  description  = "Operators of the warehouse systems"
}

resource "azuread_access_package_assignment_policy" "warehouse" {
  access_package_id = azuread_access_package.warehouse.id
  display_name      = "Warehouse operators"
  description       = "Operators of the warehouse systems"
  duration_in_days  = 180

  requestor_settings {
    scope_type        = "AllExistingDirectoryMemberUsers"
    requests_accepted = true
  }

  approval_settings {
    approval_required = true

    approval_stage {
      approval_timeout_in_days = 7

      primary_approver {
        subject_type = "groupMembers"
        object_id    = "6f1c0f1e-8f0a-4c86-9d2b-3f2f5f0f7a10"
      }
    }
  }

  assignment_review_settings {
    enabled                        = true
    review_frequency               = "quarterly"
    review_type                    = "Reviewers"
    duration_in_days               = 14
    access_review_timeout_behavior = "removeAccess"

    reviewer {
      subject_type = "groupMembers"
      object_id    = "6f1c0f1e-8f0a-4c86-9d2b-3f2f5f0f7a10"
    }
  }
}
